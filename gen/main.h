/*
 * The program behind its entry point: main_posix.c and main_win32.c hold main() or wmain() and hand over the
 * arguments in UTF-8.
 */
#ifndef CDIDL_MAIN_H
#define CDIDL_MAIN_H

/* Returns the exit code: 0 fine, 1 the input has errors (or is not formatted, or breaks), 2 usage or I/O. */
int cdidl_main(int argc, char **argv);

#endif
