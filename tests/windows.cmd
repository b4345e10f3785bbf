@echo off
rem Builds everything on Windows, shows what Windows does (tests\facts), runs all tests, and puts what all of them say into one file,
rem build\windows-report.txt. In a command prompt: tests\windows.cmd
rem
rem It needs MSYS2 in C:\msys64, or where the variable MSYS2 says, and installs into it what it lacks of the packages that README.md
rem names. MSYSTEM may name another of its environments than UCRT64: CLANGARM64, on ARM. Whatever else it says is passed over, for the
rem shell that this was started from may have set it: Git's says MINGW64.
rem
rem Nobody has run it on Windows yet. tests/structure runs it in Wine's cmd, with a program in place of MSYS2's shell.
setlocal
if not defined MSYS2 set MSYS2=C:\msys64
if /i not "%MSYSTEM%"=="CLANGARM64" set MSYSTEM=UCRT64
set packages=mingw-w64-ucrt-x86_64
set compiler=gcc
if /i "%MSYSTEM%"=="CLANGARM64" set packages=mingw-w64-clang-aarch64
if /i "%MSYSTEM%"=="CLANGARM64" set compiler=clang
set bash=%MSYS2%\usr\bin\bash.exe
set CHERE_INVOKING=1
set PYTHONUTF8=1
set failed=0
if not exist "%bash%" goto without
pushd "%~dp0.."
if not exist build mkdir build
set report=build\windows-report.txt
echo cdrpc, %MSYSTEM%> "%report%"
ver>> "%report%"

call :step packages "pacman -S --needed --noconfirm git lemon re2c %packages%-check %packages%-%compiler% %packages%-meson %packages%-ninja %packages%-pkgconf %packages%-python"
call :step versions "git log -1 --oneline; uname -a; %compiler% --version; meson --version; re2c --version"
if not exist build\windows\build.ninja call :step configure "meson setup build/windows"
call :step build "ninja -C build/windows"
call :step facts "meson test -C build/windows --no-rebuild --verbose --suite facts"
call :step tests "meson test -C build/windows --no-rebuild --print-errorlogs"
call :step count "python tests/support/summary.py build/windows"

echo everything that was said is in %report%
popd
exit /b %failed%

:without
echo There is no %bash%. Install MSYS2, or let the variable MSYS2 name its folder.
exit /b 2

:step
echo %~1
echo == %~1>> "%report%"
"%bash%" -lc "%~2" >> "%report%" 2>&1
if not errorlevel 1 exit /b 0
echo %~1: failed
set failed=1
exit /b 0
