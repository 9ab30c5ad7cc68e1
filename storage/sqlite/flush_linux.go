package sqlite

/*
#include <unistd.h>

// fsync, for all that is linked into this program, which is SQLite: Go asks the system
// itself. SQLite wants no more than fdatasync, and Debian's library asks for it, but
// go-sqlite3 does not tell it that there is one (HAVE_FDATASYNC), and no flag of ours
// reaches how that is compiled. What is left out is the time at which a file was changed,
// for which a file system with a journal writes twice more: on ext4 storing an envelope
// took 1.5 instead of 1 ms (BenchmarkAccept).
int fsync(int fd) { return fdatasync(fd); }
*/
import "C"
