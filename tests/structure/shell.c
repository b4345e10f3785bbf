/* In place of MSYS2's shell: says which environment is asked for and what it was asked to run, and fails at what contains CDRPC_FAIL. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int
main(int argc, char **argv)
{
	const char *fail = getenv("CDRPC_FAIL");
	const char *system = getenv("MSYSTEM");
	int i;

	printf("environment %s\n", system ? system : "none");
	for (i = 1; i < argc; i++)
		printf("[%s]", argv[i]);
	printf("\n");
	return argc > 1 && fail && fail[0] && strstr(argv[argc - 1], fail) ? 3 : 0;
}
