package main

import (
	"bufio"
	"cmp"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"

	"klantbot/analysis"
	discussion "klantbot/analysis/session"
	"klantbot/commands/locale"
	"klantbot/storage"
)

type forgetCmd struct {
	Client string `arg:"--client" placeholder:"NUMBER" help:"The client number."`
	User   string `arg:"--user" placeholder:"EMAIL" help:"Instead of a client: a colleague, by e-mail or Slack id, whose contributions to discussions lose their name."`
	DryRun bool   `arg:"--dry-run" help:"Say what would go and what would stay, and do nothing."`
}

// Run forgets a client and their contact persons, or a colleague. On a terminal it first says what
// that does and asks for the number once more.
func (c *forgetCmd) Run(s *session) error {
	db, err := s.open(true)
	if err != nil {
		return err
	}
	defer db.Close()
	switch {
	case (c.Client == "") == (c.User == ""):
		return analysis.Fail(analysis.Invalid, "forget.whom", nil)
	case c.User != "":
		return c.runColleague(s, db)
	}
	id, err := numbered(s, db, c.Client)
	if err != nil {
		return err
	}
	use := dossierOf(db)
	return c.carry(s, c.Client, func(dry bool) (forgot, error) {
		f, err := use.Forget(s.ctx, s.asOperator(), id, dry)
		return c.client(s, f), err
	}, func() error {
		if _, _, err := db.SealAudit(s.ctx, s.at, 1); err != nil {
			return err
		}
		if err := keepForgotten(s.ctx, db, s.dsn()); err != nil {
			return &analysis.Error{Kind: analysis.Internal, Key: "forget.list_unwritten", Args: analysis.Args{"path": forgottenFile(s.dsn())}, Cause: err}
		}
		return nil
	})
}

// carry forgets whom. With --dry-run it only says what that does; on a terminal it says
// so first and asks for the name once more. settle is what must be done before it is
// said that it happened.
func (c *forgetCmd) carry(s *session, whom string, forget func(dry bool) (forgot, error), settle func() error) error {
	if c.DryRun || c.asks(s) {
		f, err := forget(true)
		if err != nil {
			return err
		}
		if err := f.print(s, true); err != nil || c.DryRun {
			return err
		}
		if err := c.confirmed(s, whom); err != nil {
			return err
		}
	}
	f, err := forget(false)
	if err != nil {
		return err
	}
	if err := settle(); err != nil {
		return err
	}
	return f.print(s, false)
}

// asks reports whether somebody sits there who can be asked.
func (c *forgetCmd) asks(s *session) bool {
	return !c.DryRun && !s.json && onTerminal(s.out) && onTerminal(os.Stdin)
}

// confirmed asks to type once more whom it is about.
func (c *forgetCmd) confirmed(s *session, whom string) error {
	fmt.Fprint(s.out, "\n"+s.printer().T("forget.confirm", nil))
	typed, _ := bufio.NewReader(os.Stdin).ReadString('\n')
	if strings.TrimSpace(typed) != whom {
		return analysis.Fail(analysis.Invalid, "forget.stopped", analysis.Args{"number": whom})
	}
	return nil
}

// keptItem is something that stays.
type keptItem struct {
	What  string `json:"what"`
	Why   string `json:"why"`
	Until string `json:"until"`
}

// forgot is what forgetting somebody did, or would do, as it is told.
type forgot struct {
	whom      map[string]any // their fields of the JSON
	heading   string         // its key, after which _dry says that it was only tried
	args      analysis.Args
	table     func(name string) string // the key of what a table keeps
	removed   map[string]int           // by table
	kept      []keptItem
	elsewhere []string // what others have; nil: nothing is said of that
}

// client is what forgetting a client did.
func (c *forgetCmd) client(s *session, f storage.Forgetting) forgot {
	p := s.printer()
	return forgot{whom: map[string]any{"number": c.Client}, heading: "forget.heading", args: analysis.Args{"number": c.Client}, removed: f.Removed,
		table: func(name string) string { return "dossier.table_" + strings.ReplaceAll(name, ".", "_") }, kept: keptHere(p, f), elsewhere: keptElsewhere(p, f, s.dsn())}
}

func (f forgot) print(s *session, dry bool) error {
	p := s.printer()
	if s.json {
		object := map[string]any{"dry_run": dry, "removed": f.removed, "kept": f.kept}
		maps.Copy(object, f.whom)
		if f.elsewhere != nil {
			object["elsewhere"] = f.elsewhere
		}
		return printJSON(s.out, object)
	}
	heading := f.heading
	if dry {
		heading += "_dry"
	}
	fmt.Fprintln(s.out, p.T(heading, f.args)+"\n\n"+p.T("forget.goes", nil))
	for _, table := range slices.Sorted(maps.Keys(f.removed)) {
		fmt.Fprintln(s.out, "  "+p.T("forget.line", analysis.Args{"n": f.removed[table], "what": p.T(f.table(table), nil)}))
	}
	fmt.Fprintln(s.out, "\n"+p.T("forget.stays", nil))
	for _, k := range f.kept {
		fmt.Fprintln(s.out, "  "+p.T("forget.kept_line", analysis.Args{"what": k.What, "why": k.Why, "until": k.Until}))
	}
	if f.elsewhere != nil {
		fmt.Fprintln(s.out, "\n"+p.T("forget.elsewhere", nil))
	}
	for _, e := range f.elsewhere {
		fmt.Fprintln(s.out, "  "+e+".")
	}
	return nil
}

// fiscalYears is how long a Dutch office keeps its books (AWR, article 52).
const fiscalYears = 7

// keptHere is what stays in the database, and what the law has the office keep.
func keptHere(p *locale.Printer, f storage.Forgetting) []keptItem {
	say := func(key string, n int) string { return p.T(key, analysis.Args{"n": n, "days": discussion.KeptDays}) }
	kept := []keptItem{{say("forget.trail", f.Trail), say("forget.trail_why", 0), say("forget.until_database", 0)}}
	if f.Final > 0 {
		kept = append(kept, keptItem{say("forget.final", f.Final), say("forget.final_why", 0), say("forget.until_database", 0)})
	}
	if f.Shared > 0 {
		kept = append(kept, keptItem{say("forget.shared", f.Shared), say("forget.shared_why", 0), say("forget.until_group", 0)})
	}
	until := say("forget.until_unknown", 0)
	if f.LastInvoice.Known() {
		until = analysis.Date(f.LastInvoice.Year()+fiscalYears, 12, 31).String()
	}
	return append(kept,
		keptItem{say("forget.mark", 0), say("forget.mark_why", 0), say("forget.until_database", 0)},
		keptItem{say("forget.reflections", 0), say("forget.reflections_why", 0), say("forget.until_reflections", 0)},
		keptItem{say("forget.books", 0), say("forget.books_why", 0), until})
}

// keptElsewhere is what others have, which no program can reach.
func keptElsewhere(p *locale.Printer, f storage.Forgetting, dsn string) (all []string) {
	add := func(key string, n int, args analysis.Args) {
		if n > 0 {
			all = append(all, strings.TrimSuffix(p.T(key, args), "."))
		}
	}
	var channels []string
	for _, c := range f.Channels {
		channels = append(channels, string(c))
	}
	add("forget.posted", f.Posted, analysis.Args{"n": f.Posted})
	add("forget.files", f.Files, analysis.Args{"n": f.Files})
	add("forget.links", len(f.Links), analysis.Args{"n": len(f.Links), "links": strings.Join(f.Links, " ")})
	add("forget.channels", len(channels), analysis.Args{"channels": strings.Join(channels, " ")})
	add("forget.exports", f.Exports, analysis.Args{"n": f.Exports})
	for _, key := range []string{"forget.slack", "forget.backups", "forget.lists", "forget.model"} {
		add(key, 1, analysis.Args{"path": cmp.Or(forgottenFile(dsn), "?")})
	}
	return all
}

// onTerminal reports whether what is read or written there is a person's.
func onTerminal(stream any) bool {
	file, ok := stream.(*os.File)
	if !ok {
		return false
	}
	info, err := file.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}
