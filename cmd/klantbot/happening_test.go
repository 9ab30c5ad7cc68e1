package main

import (
	"bytes"
	"crypto/rand"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"klantbot/analysis"
	discussion "klantbot/analysis/session"
	"klantbot/bot/workspace"
	"klantbot/commands"
	"klantbot/storage"
)

// happenings are the lines of a dialogue that nobody says: see TestDialogues.
var happenings = map[string]func(st *stage, args []string) error{
	"share":   func(st *stage, args []string) error { return st.reshare(args[0], true) },
	"unshare": func(st *stage, args []string) error { return st.reshare(args[0], false) },
	"archive": func(st *stage, args []string) error { return st.rearchive(args[0], true) },
	"reopen":  func(st *stage, args []string) error { return st.rearchive(args[0], false) },
	"calm":    func(st *stage, _ []string) error { st.faulty = false; return st.slack.SetFaults(workspace.Faults{}) },
	"fault":   fault,
	"became":  became,
	"retired": retired,
	"settled": func(st *stage, _ []string) error { return st.settled() },
	"jump":    jump,
	"model":   behave,
	"moved":   moved,
	"wrote":   wrote,
	"agreed":  agreed,
	"down":    func(st *stage, _ []string) error { st.stop(); return nil },
	"up":      func(st *stage, _ []string) error { st.start(); return nil },
}

func init() { happenings["together"] = together } // it plays lines, as they do

// wrote has somebody write a card in the newest session, as its screens would.
func wrote(st *stage, args []string) error {
	return st.discussed(args[0], discussion.Wrote{Place: discussion.Place{Horizon: discussion.Now}, Text: strings.Join(args[1:], " ")})
}

// agreed has the newest session agree, by U01, that somebody does something before
// a day.
func agreed(st *stage, args []string) error {
	due, err := analysis.ParseDay(args[1])
	if err != nil {
		return err
	}
	return st.discussed("U01", discussion.Agreed{Owner: analysis.UserID(args[0]), Due: due, Then: strings.Join(args[2:], " ")})
}

// discussed does something in the newest session.
func (st *stage) discussed(who string, body discussion.Body) error {
	db, err := openStore(st.t.Context(), st.dsn)
	if err != nil {
		return err
	}
	defer db.Close()
	heads, _, err := db.Sessions(st.t.Context(), storage.SessionFilter{}, 0, 1)
	if err != nil || len(heads) == 0 {
		return fmt.Errorf("no session: %v", err)
	}
	use := commands.Sessions{Events: db, Store: db}
	press := commands.Press{Who: discussion.Who{User: analysis.UserID(who)}, Key: rand.Text(), At: st.slack.Now()}
	_, _, err = use.Press(st.t.Context(), heads[0].ID, press, commands.Do(body), nil)
	return err
}

// jump moves the workspace's clock to a moment in Amsterdam, as its page can.
func jump(st *stage, args []string) error {
	to, err := time.ParseInLocation("2006-01-02T15:04", args[0], officeZone())
	if err != nil {
		return err
	}
	// Who gets digests is noted in the first moments: a clock that jumps before
	// then leaves nothing to catch up.
	db, err := openStore(st.t.Context(), st.dsn)
	if err != nil {
		return err
	}
	defer db.Close()
	err = st.rest("note who gets digests", func() (bool, error) {
		noted, err := db.Digests(st.t.Context())
		return len(noted) > 0, err
	})
	if err != nil {
		return err
	}
	return st.caughtUp(to)
}

// reshare waits until the bot has heard of it.
func (st *stage) reshare(channel string, shared bool) error {
	return st.heard(map[bool]string{true: "channel_shared", false: "channel_unshared"}[shared], func() error { return st.slack.ShareChannel(st.channel("", channel), shared) })
}

func (st *stage) rearchive(channel string, archived bool) error {
	return st.heard(map[bool]string{true: "channel_archive", false: "channel_unarchive"}[archived], func() error { return st.slack.Archive(st.channel("", channel), archived) })
}

// heard does something of which Slack tells the bot by events of that kind, and
// waits until it acknowledged one. Others may be acknowledged meanwhile, and one
// that was given up is told again.
func (st *stage) heard(kind string, do func() error) error {
	st.t.Helper()
	known := func() (n int) {
		for _, a := range st.slack.Acks() {
			if a.Type == kind && !a.Acknowledged.IsZero() {
				n++
			}
		}
		return n
	}
	before := known()
	if err := do(); err != nil {
		return err
	}
	st.await("the bot to hear of "+kind, func() bool { return known() > before })
	return nil
}

func fault(st *stage, args []string) error {
	f := workspace.Faults{Methods: args[1:], RetryAfter: 2}
	switch args[0] {
	case "drop":
		f.DropAnswer = 1
	case "fail":
		f.ServerError = 1
	case "limit":
		f.RateLimited = 1
	default:
		return fmt.Errorf("no such fault")
	}
	st.faulty = true
	return st.slack.SetFaults(f)
}

func became(st *stage, args []string) error {
	people := cast(theSize())
	i := slices.IndexFunc(people, func(u workspace.User) bool { return u.ID == args[0] })
	if i < 0 {
		return fmt.Errorf("nobody is %s", args[0])
	}
	u := people[i]
	switch args[1] {
	case "guest":
		u.IsRestricted = true
	case "English":
		u.Locale = "en-GB"
	case "closed":
		u.RefusesDM = "cannot_dm_bot"
	case "gone":
		u.Deleted = true
	case "in":
		u.TZ = args[2]
	case "themselves": // as they were
	default:
		return fmt.Errorf("nobody becomes %s", args[1])
	}
	return st.heard("user_change", func() error { st.slack.SetUser(u); return nil })
}

// moved imports that a client has another manager from now on.
func moved(st *stage, args []string) error {
	file := filepath.Join(st.t.TempDir(), "klanten.csv")
	row := "klantnummer;naam;relatiemanager\n" + args[0] + ";" + strings.Join(args[2:], " ") + ";" + args[1] + "\n"
	if err := os.WriteFile(file, []byte(row), 0o600); err != nil {
		return err
	}
	var said bytes.Buffer
	if status := run(st.t.Context(), []string{"import", file, "--kind", "clients", "--db", st.dsn}, &said, &said); status != 0 || !strings.Contains(said.String(), "1") {
		return fmt.Errorf("the import said %q", said.String())
	}
	return nil
}

// retired undoes the imports until the client is not there any more.
func retired(st *stage, _ []string) error {
	db, err := openStore(st.t.Context(), st.dsn)
	if err != nil {
		return err
	}
	defer db.Close()
	imports, err := db.ListImports(st.t.Context(), 10)
	if err != nil {
		return err
	}
	for _, i := range imports { // the newest first
		if _, err := db.UndoImport(st.t.Context(), i.ID, "", asOf); err != nil {
			return err
		}
	}
	return nil
}
