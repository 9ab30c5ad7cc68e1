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
	if c.DryRun || c.asks(s) {
		f, err := use.Forget(s.ctx, s.asOperator(), id, true)
		if err != nil {
			return err
		}
		if err := c.report(s, f, true); err != nil || c.DryRun {
			return err
		}
		if err := c.confirmed(s, c.Client); err != nil {
			return err
		}
	}
	f, err := use.Forget(s.ctx, s.asOperator(), id, false)
	if err != nil {
		return err
	}
	if _, _, err := db.SealAudit(s.ctx, s.at, 1); err != nil {
		return err
	}
	if err := keepForgotten(s.ctx, db, s.dsn()); err != nil {
		return &analysis.Error{Kind: analysis.Internal, Key: "forget.list_unwritten", Args: analysis.Args{"path": forgottenFile(s.dsn())}, Cause: err}
	}
	return c.report(s, f, false)
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

func (c *forgetCmd) report(s *session, f storage.Forgetting, dry bool) error {
	p := s.printer()
	kept, elsewhere := keptHere(p, f), keptElsewhere(p, f, s.dsn())
	if s.json {
		return printJSON(s.out, map[string]any{"number": c.Client, "dry_run": dry, "removed": f.Removed, "kept": kept, "elsewhere": elsewhere})
	}
	heading := "forget.heading"
	if dry {
		heading = "forget.heading_dry"
	}
	fmt.Fprintln(s.out, p.T(heading, analysis.Args{"number": c.Client}))
	fmt.Fprintln(s.out, "\n"+p.T("forget.goes", nil))
	for _, table := range slices.Sorted(maps.Keys(f.Removed)) {
		what := p.T("dossier.table_"+strings.ReplaceAll(table, ".", "_"), nil)
		fmt.Fprintln(s.out, "  "+p.T("forget.line", analysis.Args{"n": f.Removed[table], "what": what}))
	}
	fmt.Fprintln(s.out, "\n"+p.T("forget.stays", nil))
	for _, k := range kept {
		fmt.Fprintln(s.out, "  "+p.T("forget.kept_line", analysis.Args{"what": k.What, "why": k.Why, "until": k.Until}))
	}
	fmt.Fprintln(s.out, "\n"+p.T("forget.elsewhere", nil))
	for _, e := range elsewhere {
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
