package pgtest

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strconv"
	"syscall"
	"time"

	"github.com/jackc/pgx/v5"
)

var errNoBinaries = errors.New("no PostgreSQL binaries")

// patience is how long a server may take to be made or to answer.
const patience = time.Minute

// cluster is where a server keeps its databases, and as whom it runs.
type cluster struct {
	bin  string
	dir  string // of everything of it
	as   *syscall.Credential
	port int
}

// start makes a cluster in a temporary folder and runs its server until this
// process ends, however it ends: a watching shell that holds the other end of a
// pipe stops the server and removes the folder when the pipe closes.
func start() (string, error) {
	c, err := newCluster()
	if err != nil {
		return "", err
	}
	alive, ended, err := c.watch("rm -rf", "fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=200", "shared_buffers=32MB")
	if err != nil {
		return "", err
	}
	go func() {
		<-ended
		alive.Close() // and not before, or the server would stop: this holds on to it
	}()
	return c.url(), await(c.url(), filepath.Join(c.dir, "log"))
}

// newCluster makes a cluster in which everybody on this machine is who they say.
func newCluster() (cluster, error) {
	bin, err := binaries()
	if err != nil {
		return cluster{}, err
	}
	as, err := unprivileged()
	if err != nil {
		return cluster{}, err
	}
	dir, err := os.MkdirTemp("", "klantbot-pg-")
	if err != nil {
		return cluster{}, err
	}
	c := cluster{bin: bin, dir: dir, as: as}
	if err := c.own(dir); err != nil {
		return c, err
	}
	initdb := command(as, dir, filepath.Join(bin, "initdb"), "--pgdata", c.data(), "--username", "postgres",
		"--auth", "trust", "--encoding", "UTF8", "--locale", "C", "--no-sync")
	if out, err := initdb.CombinedOutput(); err != nil {
		return c, fmt.Errorf("initdb: %w: %s", err, bytes.TrimSpace(out))
	}
	c.port, err = freePort()
	return c, err
}

func (c cluster) data() string { return filepath.Join(c.dir, "cluster") }

func (c cluster) url() string {
	return fmt.Sprintf("postgres://postgres@127.0.0.1:%d/postgres?sslmode=disable", c.port)
}

// own gives the file at path to whom the server runs as.
func (c cluster) own(path string) error {
	if c.as == nil {
		return nil
	}
	return os.Chown(path, int(c.as.Uid), int(c.as.Gid))
}

// watch runs the server under a shell that stops it, and does then with the folder,
// when alive is closed. A killed test binary closes it as surely as one that returns.
// ended is closed when the server has stopped.
func (c cluster) watch(then string, settings ...string) (alive *os.File, ended chan struct{}, err error) {
	const script = `
		then=$1 dir=$2
		shift 2
		"$@" >>"$dir/log" 2>&1 3<&- &
		server=$!
		cat <&3 >/dev/null
		kill -INT $server 2>/dev/null
		wait $server
		$then "$dir"`
	theirs, ours, err := os.Pipe()
	if err != nil {
		return nil, nil, err
	}
	defer theirs.Close()
	args := []string{"-c", script, "sh", then, c.dir, filepath.Join(c.bin, "postgres"), "-D", c.data(), "-p", strconv.Itoa(c.port), "-k", c.dir, "-h", "127.0.0.1"}
	for _, setting := range settings {
		args = append(args, "-c", setting)
	}
	shell := command(c.as, c.dir, "/bin/sh", args...)
	shell.ExtraFiles = []*os.File{theirs}
	// A group of its own: an interrupt at the terminal must not reach the server
	// before the tests that use it have ended.
	shell.SysProcAttr.Setpgid = true
	if err := shell.Start(); err != nil {
		ours.Close()
		return nil, nil, fmt.Errorf("start server: %w", err)
	}
	ended = make(chan struct{})
	go func() { _ = shell.Wait(); close(ended) }()
	return ours, ended, nil
}

// await returns once the server answers.
func await(server, log string) error {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	for {
		conn, err := pgx.Connect(ctx, server)
		if err == nil {
			return conn.Close(ctx)
		}
		select {
		case <-ctx.Done():
			said, _ := os.ReadFile(log)
			return fmt.Errorf("server does not answer: %w: %s", err, bytes.TrimSpace(said))
		case <-time.After(20 * time.Millisecond):
		}
	}
}

// binaries returns the folder of initdb and postgres, the newest version first.
func binaries() (string, error) {
	folders, _ := filepath.Glob("/usr/lib/postgresql/*/bin")
	best, version := "", -1
	for _, folder := range folders {
		v, err := strconv.Atoi(filepath.Base(filepath.Dir(folder)))
		if err == nil && v > version && runnable(folder) {
			best, version = folder, v
		}
	}
	if best != "" {
		return best, nil
	}
	path, err := exec.LookPath("initdb")
	if err == nil && runnable(filepath.Dir(path)) {
		return filepath.Dir(path), nil
	}
	return "", errNoBinaries
}

func runnable(folder string) bool {
	_, initdb := os.Stat(filepath.Join(folder, "initdb"))
	_, postgres := os.Stat(filepath.Join(folder, "postgres"))
	return initdb == nil && postgres == nil
}

// unprivileged returns whom to run the server as: PostgreSQL refuses root, so
// root lends itself the account that its package made.
func unprivileged() (*syscall.Credential, error) {
	if os.Getuid() != 0 {
		return nil, nil
	}
	account, err := user.Lookup("postgres")
	if err != nil {
		return nil, fmt.Errorf("find whom to run the server as: %w", err)
	}
	uid, err := strconv.ParseUint(account.Uid, 10, 32)
	if err != nil {
		return nil, err
	}
	gid, err := strconv.ParseUint(account.Gid, 10, 32)
	if err != nil {
		return nil, err
	}
	return &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}, nil
}

// command runs name as as, in dir, which that account can read.
func command(as *syscall.Credential, dir, name string, args ...string) *exec.Cmd {
	c := exec.Command(name, args...)
	c.Dir = dir
	c.SysProcAttr = &syscall.SysProcAttr{Credential: as}
	return c
}

func freePort() (int, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return 0, err
	}
	defer l.Close()
	return l.Addr().(*net.TCPAddr).Port, nil
}
