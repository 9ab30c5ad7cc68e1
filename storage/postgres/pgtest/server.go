package pgtest

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
)

// Server is a PostgreSQL server of one test, which may go down. Unlike the one that
// tests share it keeps what was committed when it is killed.
type Server struct {
	t        testing.TB
	c        cluster
	settings []string
	alive    *os.File
	ended    chan struct{}
}

// NewServer makes a server with the settings, as name=value, and the files in its
// cluster: pg_hba.conf and certificates. It is started; where PostgreSQL is not
// installed t is skipped, also when a server was given, which nobody may stop.
func NewServer(t testing.TB, files map[string][]byte, settings ...string) *Server {
	t.Helper()
	c, err := newCluster()
	if errors.Is(err, errNoBinaries) {
		t.Skip("the binaries of PostgreSQL are not here: install them (Debian: postgresql)")
	}
	if c.dir != "" {
		t.Cleanup(func() { _ = os.RemoveAll(c.dir) })
	}
	if err != nil {
		t.Fatalf("make a PostgreSQL cluster: %v", err)
	}
	for name, content := range files {
		path := filepath.Join(c.data(), name)
		if err := errors.Join(os.WriteFile(path, content, 0o600), c.own(path)); err != nil {
			t.Fatal(err)
		}
	}
	s := &Server{t: t, c: c, settings: append([]string{"fsync=off", "shared_buffers=16MB"}, settings...)}
	s.Start()
	t.Cleanup(s.Stop)
	return s
}

// Start starts the server, on the port that it had, and returns once it answers.
func (s *Server) Start() {
	s.t.Helper()
	var err error
	if s.alive, s.ended, err = s.c.watch(":", s.settings...); err == nil {
		err = await(s.URL("postgres", "postgres"), filepath.Join(s.c.dir, "log"))
	}
	if err != nil {
		s.t.Fatalf("start PostgreSQL: %v", err)
	}
}

// Stop ends the server and every connection to it.
func (s *Server) Stop() {
	if s.alive != nil {
		_ = s.alive.Close()
		<-s.ended
		s.alive = nil
	}
}

// Kill ends the server at once, as when its machine loses power: what was committed
// is there when it starts again.
func (s *Server) Kill() {
	s.t.Helper()
	held, err := os.ReadFile(filepath.Join(s.c.data(), "postmaster.pid"))
	if err != nil {
		s.t.Fatal(err)
	}
	first, _, _ := strings.Cut(string(held), "\n")
	pid, err := strconv.Atoi(first)
	if err == nil {
		err = syscall.Kill(pid, syscall.SIGQUIT)
	}
	if err != nil {
		s.t.Fatalf("kill PostgreSQL: %v", err)
	}
	s.Stop()
}

// URL is the address of a database of the server for user, who may have a password
// with it, as name:password.
func (s *Server) URL(user, database string) string {
	return fmt.Sprintf("postgres://%s@127.0.0.1:%d/%s?sslmode=disable", user, s.c.port, database)
}

// Run executes statements on a database as who may do everything.
func (s *Server) Run(database string, statements ...string) {
	s.t.Helper()
	for _, statement := range statements {
		if err := run(s.URL("postgres", database), statement); err != nil {
			s.t.Fatalf("%s: %v", statement, err)
		}
	}
}
