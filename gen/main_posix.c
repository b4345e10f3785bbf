#include "main.h"

int
main(int argc, char **argv)
{
	return cdidl_main(argc, argv);
}
