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

// start makes a cluster in a temporary folder and runs its server until this
// process ends, however it ends: a watching shell that holds the other end of a
// pipe stops the server and removes the folder when the pipe closes.
func start() (string, error) {
	bin, err := binaries()
	if err != nil {
		return "", err
	}
	as, err := unprivileged()
	if err != nil {
		return "", err
	}
	dir, err := os.MkdirTemp("", "klantbot-pg-")
	if err != nil {
		return "", err
	}
	if as != nil {
		if err := os.Chown(dir, int(as.Uid), int(as.Gid)); err != nil {
			return "", err
		}
	}
	cluster := filepath.Join(dir, "cluster")
	initdb := command(as, dir, filepath.Join(bin, "initdb"), "--pgdata", cluster, "--username", "postgres",
		"--auth", "trust", "--encoding", "UTF8", "--locale", "C", "--no-sync")
	if out, err := initdb.CombinedOutput(); err != nil {
		return "", fmt.Errorf("initdb: %w: %s", err, bytes.TrimSpace(out))
	}
	port, err := freePort()
	if err != nil {
		return "", err
	}
	if err := watch(as, dir, filepath.Join(bin, "postgres"), cluster, port); err != nil {
		return "", err
	}
	server := fmt.Sprintf("postgres://postgres@127.0.0.1:%d/postgres?sslmode=disable", port)
	return server, await(server, filepath.Join(dir, "log"))
}

// watch runs the server under a shell that stops it at the end of our life. A
// killed test binary closes the pipe as surely as one that returns.
func watch(as *syscall.Credential, dir, postgres, cluster string, port int) error {
	const script = `
		"$1" -D "$2" -p "$3" -k "$4" -h 127.0.0.1 -c fsync=off -c synchronous_commit=off -c full_page_writes=off \
			-c max_connections=200 -c shared_buffers=32MB >"$4/log" 2>&1 3<&- &
		server=$!
		cat <&3 >/dev/null
		kill -INT $server
		wait $server
		rm -rf "$4"`
	alive, ours, err := os.Pipe()
	if err != nil {
		return err
	}
	defer alive.Close()
	shell := command(as, dir, "/bin/sh", "-c", script, "sh", postgres, cluster, strconv.Itoa(port), dir)
	shell.ExtraFiles = []*os.File{alive}
	// A group of its own: an interrupt at the terminal must not reach the server
	// before the tests that use it have ended.
	shell.SysProcAttr.Setpgid = true
	if err := shell.Start(); err != nil {
		return fmt.Errorf("start server: %w", err)
	}
	go func() {
		_ = shell.Wait()
		ours.Close() // and not before, or the server would stop: this holds on to it
	}()
	return nil
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
