package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"os"
	"path/filepath"
	"time"

	"golang.org/x/sync/errgroup"

	"klantbot/analysis"
	"klantbot/bot/workspace"
	"klantbot/commands"
	"klantbot/commands/locale"
	"klantbot/storage"
	"klantbot/storage/sample"
	"klantbot/storage/sqlstore"
)

type localCmd struct {
	Addr  string `arg:"--addr" default:"127.0.0.1:8484" help:"Where the page listens."`
	Fresh bool   `arg:"--fresh" help:"Begin again with a new sample office."`
}

// Run starts the workspace, the sample office and the bot, the bot talking to
// the workspace over real sockets as it does to Slack.
func (c *localCmd) Run(s *session) error {
	path := s.db
	// KLANTBOT_DB names the office's own database, which a demo must never open.
	if own := path == "" || path == os.Getenv("KLANTBOT_DB"); own {
		path, s.db = filepath.Join(home(), "demo.db"), ""
	}
	if isPostgres(path) {
		return analysis.Fail(analysis.Invalid, "local.postgres", nil)
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return fmt.Errorf("make the folder of the demo: %w", err)
	}
	if c.Fresh && s.db == "" {
		if err := removeDemo(path); err != nil {
			return err
		}
	}
	db, err := openStore(s.ctx, path)
	if err != nil {
		return err
	}
	defer db.Close()
	if err := s.forgetAgain(db, path); err != nil {
		return err
	}
	size := sample.Default(analysis.DayOf(s.at.In(officeZone())))
	if err := furnish(s, db, size); err != nil {
		return err
	}
	model, err := configuredEndpoint()
	if err != nil {
		return err
	}
	return c.run(s, db, size, model, conversationsOf(path))
}

// conversationsOf is where the workspace keeps its messages, beside the
// database.
func conversationsOf(db string) string { return db + ".workspace.json" }

// removeDemo deletes the demo's own files and nothing else.
func removeDemo(path string) error {
	state := conversationsOf(path)
	for _, file := range []string{path, path + "-wal", path + "-shm", forgottenFile(path), state} {
		if err := os.Remove(file); err != nil && !errors.Is(err, os.ErrNotExist) {
			return fmt.Errorf("begin afresh: %w", err)
		}
	}
	if err := os.RemoveAll(state + ".files"); err != nil { // what was uploaded
		return fmt.Errorf("begin afresh: %w", err)
	}
	return nil
}

// furnish loads the sample office into an empty database.
func furnish(s *session, db *sqlstore.DB, size sample.Size) error {
	imports, err := db.ListImports(s.ctx, 1)
	if err != nil {
		return fmt.Errorf("look for the sample office: %w", err)
	}
	if len(imports) > 0 {
		return nil
	}
	fmt.Fprintln(s.errs, s.printer().T("local.furnishing", nil))
	return furnishOffice(s.ctx, db, size, s.at, partner)
}

func (c *localCmd) run(s *session, db *sqlstore.DB, size sample.Size, model endpoint, state string) error {
	clock := newBusinessClock(s.at)
	address := listenAt(c.Addr)
	if !ofThisMachine(address) {
		return analysis.Fail(analysis.Invalid, "local.not_here", analysis.Args{"address": c.Addr})
	}
	listener, err := net.Listen("tcp", address)
	if err != nil {
		return &analysis.Error{Kind: analysis.Invalid, Key: "local.address", Args: analysis.Args{"address": c.Addr}, Cause: err}
	}
	defer listener.Close()
	address = "http://" + listener.Addr().String()
	manifest, err := localManifest()
	if err != nil {
		return err
	}
	office, err := workspace.New(workspace.Config{
		Team: workspace.Team{ID: "T0KANTOOR", Name: "Kantoor Voorbeeld", Domain: "voorbeeld"}, Users: cast(size), Channels: conversations(size),
		Manifest: manifest, BaseURL: address, StatePath: state, Now: clock.Now})
	if err != nil {
		return fmt.Errorf("start the workspace: %w", err)
	}
	defer office.Close()
	server := &http.Server{Handler: office.Handler(), ReadHeaderTimeout: 10 * time.Second}

	all, ctx := errgroup.WithContext(s.ctx)
	all.Go(func() error {
		if err := server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
			return err
		}
		return nil
	})
	all.Go(func() error {
		<-ctx.Done()
		closing, cancel := context.WithTimeout(context.WithoutCancel(ctx), time.Second)
		defer cancel()
		if server.Shutdown(closing) != nil {
			return server.Close() // pages hold their sockets open
		}
		return nil
	})
	all.Go(func() error {
		return serve(ctx, service{db: db, endpoint: model, botToken: office.BotToken(), in: road{appToken: office.AppToken(), connections: 2},
			apiURL: address + "/api/", admin: string(administrator), now: office.Now, log: logger(s),
			ready: func() { fmt.Fprintln(s.out, s.printer().T("local.ready", analysis.Args{"address": address})) }})
	})
	return all.Wait()
}

// ofThisMachine reports whether nobody else can reach address: in the local workspace
// anybody is who they say they are.
func ofThisMachine(address string) bool {
	host, _, err := net.SplitHostPort(address)
	if err != nil {
		return true // it can not be listened on either, and that is said better there
	}
	ip, err := netip.ParseAddr(host)
	return host == "localhost" || err == nil && ip.Unmap().IsLoopback()
}

// localManifest has both languages' commands: here Dutch and English colleagues
// sit in one workspace, where an office chooses one.
func localManifest() ([]byte, error) { return json.Marshal(bothManifests()) }

func bothManifests() commands.Manifest {
	registry := commands.New(commands.Needs{})
	m := registry.Manifest(locale.Dutch)
	known := map[string]bool{}
	for _, c := range m.Features.Commands {
		known[c.Command] = true
	}
	for _, c := range registry.Manifest(locale.English).Features.Commands {
		if !known[c.Command] {
			m.Features.Commands = append(m.Features.Commands, c)
		}
	}
	return m
}

type sampleCmd struct {
	File   string `arg:"positional,required" help:"The database to make: a file, or an empty one at postgres://..."`
	Groups int    `arg:"--groups" default:"560" help:"How many relatiegroepen, 1 to 1000000."`
	Seed   uint64 `arg:"--seed" help:"Which office of that size; the documented one when not given."`
	Files  string `arg:"--files" placeholder:"DIR" help:"Write the files the office is made of into DIR as well, its surveys among them."`
}

// Run makes a database with a sample office, or refuses one that has clients.
func (c *sampleCmd) Run(s *session) error {
	db, err := openStore(s.ctx, c.File)
	if err != nil {
		return err
	}
	defer db.Close()
	imports, err := db.ListImports(s.ctx, 1)
	if err != nil {
		return fmt.Errorf("look for clients: %w", err)
	}
	if len(imports) > 0 {
		return analysis.Fail(analysis.Invalid, "sample.occupied", analysis.Args{"path": withoutPassword(c.File)})
	}
	size := sample.Of(c.Groups, analysis.DayOf(s.at.In(officeZone())))
	if c.Seed != 0 {
		size.Seed = c.Seed
	}
	if c.Groups < 1 || c.Groups > sample.MaxGroups {
		return analysis.Fail(analysis.Invalid, "sample.groups", analysis.Args{"most": sample.MaxGroups})
	}
	if err := furnishOffice(s.ctx, db, size, s.at, operator); err != nil {
		return err
	}
	if c.Files != "" {
		if err := sample.WriteFiles(c.Files, size); err != nil {
			return &analysis.Error{Kind: analysis.Invalid, Key: "sample.files", Args: analysis.Args{"folder": c.Files}, Cause: err}
		}
	}
	return s.reportSample(db, withoutPassword(c.File))
}

func (s *session) reportSample(db *sqlstore.DB, path string) error {
	imports, err := db.ListImports(s.ctx, 10)
	if err != nil {
		return fmt.Errorf("count the sample office: %w", err)
	}
	counts := map[analysis.ImportKind]storage.ImportRecord{}
	for _, i := range imports {
		counts[i.Kind] = i
	}
	clients, lines, touches := counts[analysis.ImportClients].Added, counts[analysis.ImportRevenue].Added, counts[analysis.ImportTouches].Added
	if s.json {
		return printJSON(s.out, map[string]any{"file": path, "clients": clients, "lines": lines, "touches": touches})
	}
	_, err = fmt.Fprintln(s.out, s.printer().T("sample.done", analysis.Args{"path": path, "clients": clients, "lines": lines}))
	return err
}
