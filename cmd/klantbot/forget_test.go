package main

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"klantbot/analysis"
	discussion "klantbot/analysis/session"
	"klantbot/storage"
	"klantbot/storage/postgres/pgtest"
	"klantbot/storage/sqlstore"
)

// forgettable is an office with a client of whom something is kept everywhere, each
// time with a word of their own in it, and a colleague of theirs.
const forgettable = "Klantnummer;Naam;Relatiegroep;Relatiemanager;KvK-nummer;Contactpersoon;E-mail;Aangebracht door\r\n" +
	"0777;Vergeetmij Beheer B.V.;Vergeetmij;rm@voorbeeld.nl;01234567;Vera Vergeetmij;vera@vergeetmij.example;\r\n" +
	"0779;Blijvers B.V.;Samen;rm@voorbeeld.nl;;Bo Blijver;bo@blijvers.example;0777\r\n" +
	"0778;Vergeetmijniet B.V.;Samen;rm@voorbeeld.nl;;Vic Vergeetmijook;;\r\n"

const forgettableInvoices = "Klantnummer;Factuurdatum;Bedrag excl.;Dienst;Factuurnummer\r\n" +
	"0777;05-05-2026;1.234,56;Jaarrekening;VERGEETMIJ-1\r\n" +
	"0779;05-05-2026;100,00;Jaarrekening;F2\r\n"

// rememberEverywhere writes about the client in all that people write about clients.
func rememberEverywhere(t *testing.T, db *sqlstore.DB, id analysis.ClientID) {
	t.Helper()
	ctx := t.Context()
	client, err := db.Client(ctx, id)
	if err != nil {
		t.Fatal(err)
	}
	contacts, err := db.Contacts(ctx, client.Group)
	if err != nil || len(contacts) == 0 {
		t.Fatalf("no contact person: %v", err)
	}
	g, words := client.Group, "Dit gaat over vergeetmij"
	begun, err := discussion.Begin(discussion.Who{User: "U1"}, "T"+client.Number, asOf, discussion.Started{Kind: discussion.Now3Years, Mode: discussion.Async, Goal: words,
		Subject: discussion.Subject{Group: g}, Channel: "C1", Facilitator: "U1", Participants: []analysis.UserID{"U1", "U2", "U3"}})
	if err != nil {
		t.Fatal(err)
	}
	err = db.Write(ctx, func(tx storage.Tx) error {
		session, _, err := tx.BeginSession(ctx, begun)
		if err != nil {
			return err
		}
		state := discussion.Fold(session, []discussion.Event{begun})
		wrote, err := state.Add(discussion.Who{User: "U2"}, "W"+client.Number, asOf, discussion.Wrote{Place: discussion.Place{Horizon: discussion.Now}, Text: words})
		if err != nil {
			return err
		}
		_, err = tx.AppendEvent(ctx, session, wrote)
		_, _, err2 := tx.AddTouch(ctx, analysis.Touch{Group: g, Client: id, Contact: contacts[0].ID, Kind: analysis.Call, Day: analysis.DayOf(asOf), By: "U1",
			Note: words, NextDay: analysis.NoDay, Link: "https://x/vergeetmij", Source: "card", At: asOf})
		_, _, err3 := tx.AddFeedback(ctx, storage.Feedback{Client: id, Tone: storage.Pleased, Words: words, By: "U1", At: asOf})
		_, err4 := tx.Enqueue(ctx, storage.LedgerEntry{Key: "share/" + client.Number, Kind: "client.card", Channel: "C1", Lang: "nl", Client: id, Group: g, At: asOf, Due: asOf})
		return firstError(err, err2, err3, err4, tx.KeepSession(ctx, discussion.Fold(session, []discussion.Event{begun, wrote})),
			tx.Remark(ctx, analysis.Remark{Group: g, Words: words, By: "U1", At: asOf}),
			tx.Audit(ctx, storage.AuditLine{At: asOf, User: "U1", Action: "client.share", Client: id, Group: g, Channel: "C1", Request: "R" + client.Number}))
	})
	if err != nil {
		t.Fatal(err)
	}
	nameElsewhere(t, db, client)
	if _, err := db.Claim(ctx, "t", asOf, asOf.Add(1), 9); err != nil {
		t.Fatal(err)
	}
	entry, err := db.Entry(ctx, "share/"+client.Number)
	if err = firstError(err, db.KeepFile(ctx, entry.ID, "F"+client.Number), db.MarkSent(ctx, entry.ID, "1."+client.Number)); err != nil {
		t.Fatal(err)
	}
}

// TestForget: of a client who is forgotten nothing can be found any more, in any
// table, nor in the file; of others everything; and an old backup forgets them again.
func TestForget(t *testing.T) {
	t.Parallel()
	forgets(t, filepath.Join(t.TempDir(), "office.db"))
}

// TestForgetPostgres: the same of the other engine, whose list is elsewhere.
func TestForgetPostgres(t *testing.T) {
	t.Setenv("XDG_DATA_HOME", t.TempDir())
	forgets(t, pgtest.DSN(t))
}

func forgets(t *testing.T, dsn string) {
	at := "--db=" + dsn
	verb(t, "import", write(t, "clients.csv", forgettable), at)
	verb(t, "import", write(t, "clients2.csv", strings.ReplaceAll(forgettable, "Vergeetmij Beheer", "Vergeetmij Holding")), at)
	verb(t, "import", write(t, "invoices.csv", forgettableInvoices), at)
	db, err := openStore(t.Context(), dsn)
	if err != nil {
		t.Fatal(err)
	}
	s := &session{ctx: t.Context(), at: asOf, lang: "nl"}
	for _, number := range []string{"0777", "0778"} {
		id, err := numbered(s, db, number)
		if err != nil {
			t.Fatal(err)
		}
		rememberEverywhere(t, db, id)
	}
	before := dump(t, dsn)
	exported(t, at, dsn)
	backup := filepath.Join(t.TempDir(), "backup.db")
	if !isPostgres(dsn) {
		verb(t, "backup", backup, at)
	}
	dry, _ := verb(t, "forget", "--client=0777", "--dry-run", at)
	for _, number := range []string{"0777", "0778"} {
		got, _ := verb(t, "forget", "--client", number, at)
		removed, kept := got["removed"].(map[string]any), got["kept"].([]any)
		for _, table := range []string{"client", "contact", "touch", "feedback", "ledger", "before_image"} {
			if n, _ := removed[table].(float64); n == 0 && (number == "0777" || table != "before_image") {
				t.Errorf("%s: nothing of %s was removed: %v", number, table, removed)
			}
		}
		if number == "0777" && len(removed) != len(dry["removed"].(map[string]any)) {
			t.Errorf("it said it would remove %v and removed %v", dry["removed"], removed)
		}
		if len(kept) < 4 || number == "0777" && kept[len(kept)-1].(map[string]any)["until"] != "2033-12-31" {
			t.Errorf("%s: kept %v", number, kept)
		}
	}
	after := strings.ToLower(dump(t, dsn))
	for _, trace := range []string{"vera", "vic verg", "vergeetmij beheer", "vergeetmij holding", "vergeetmijniet", "vergeetmij-1", "@vergeetmij", `"0777"`, `"0778"`, "x/vergeetmij"} {
		if i := strings.Index(after, trace); i >= 0 {
			t.Errorf("%q is still there: …%s…", trace, after[max(0, i-200):min(len(after), i+60)])
		}
	}
	if !strings.Contains(before, "Vergeetmij") || !strings.Contains(after, "blijvers") {
		t.Error("the others are gone, or there was nothing to forget")
	}
	keptFor := strings.Count(after, "dit gaat over vergeetmij")
	if keptFor != 4 { // a remark and a session (goal, its event, a card) about the relatiegroep that goes on
		t.Errorf("%d texts name the client; want only those of the group that has others", keptFor)
	}
	if revised, err := db.Revised(t.Context(), "t", asOf, asOf, 9); err != nil || len(revised) != 2 || !revised[0].Stubbed || revised[0].Client != 0 {
		t.Errorf("messages that were posted: %+v, %v; want two stubs", revised, err)
	}
	if files, err := db.UnwantedFiles(t.Context(), 9); err != nil || len(files) != 2 {
		t.Errorf("files that were posted: %v, %v; want both to go", files, err)
	}
	if n, err := db.ForgetAgain(t.Context(), nil, asOf); n != 0 || err != nil {
		t.Errorf("ForgetAgain of nobody = %d, %v", n, err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	list := write(t, "clients3.csv", forgettable)
	got, _ := verb(t, "import", list, at)
	holds(t, got, `{"added":0,"unchanged":1,"refused_count":2,"refused":[
		{"line":2,"reason":"Klant 0777 is vergeten, en een import brengt die niet vanzelf terug. Is er een nieuwe reden om de klant te bewaren, importeer de klantenlijst dan met --again 0777."},
		{"line":4,"reason":"Klant 0778 is vergeten, en een import brengt die niet vanzelf terug. Is er een nieuwe reden om de klant te bewaren, importeer de klantenlijst dan met --again 0778."}]}`)
	if !isPostgres(dsn) {
		forgetsAgain(t, dsn, backup)
	}
	got, _ = verb(t, "import", list, "--again", "0777", at)
	holds(t, got, `{"added":1,"refused_count":1}`)
}

// forgetsAgain puts the backup of before back, and looks in the bytes of the file.
func forgetsAgain(t *testing.T, dsn, backup string) {
	t.Helper()
	wantForgottenBytes(t, dsn)
	verb(t, "restore", backup, "--replace", "--db="+dsn)
	if _, status := verb(t, "export", "--client=0777", "--db="+dsn); status != failed {
		t.Error("an old backup brought the client back")
	}
	if _, status := verb(t, "export", "--client=0779", "--db="+dsn); status != done {
		t.Error("an old backup lost a client")
	}
	wantForgottenBytes(t, dsn)
}

func wantForgottenBytes(t *testing.T, dsn string) {
	t.Helper()
	for _, path := range []string{dsn, dsn + "-wal"} {
		raw, err := os.ReadFile(path)
		if err == nil && strings.Contains(string(raw), "Vergeetmij Beheer") {
			t.Errorf("the name still stands in the bytes of %s", filepath.Base(path))
		}
	}
}

// nameElsewhere names the client in a discussion that is not about them, in full and
// as people say it.
func nameElsewhere(t *testing.T, db *sqlstore.DB, client analysis.Client) {
	t.Helper()
	ctx := t.Context()
	events := []discussion.Event{}
	who := discussion.Who{User: "U2"}
	begun, err := discussion.Begin(who, "S"+client.Number, asOf, discussion.Started{Kind: discussion.Now3Years, Mode: discussion.Async,
		Subject: discussion.Subject{Segment: analysis.SegmentA}, Channel: "C1", Facilitator: "U1", Participants: []analysis.UserID{"U1", "U2", "U3"}})
	if err != nil {
		t.Fatal(err)
	}
	texts := []string{"Zoals bij " + client.Name + " vorig jaar"}
	if short, cut := strings.CutSuffix(client.Name, " B.V."); cut && strings.Contains(short, " ") {
		texts = append(texts, strings.ToLower(short)+" doet dit al")
	}
	err = db.Write(ctx, func(tx storage.Tx) error {
		session, _, err := tx.BeginSession(ctx, begun)
		if err != nil {
			return err
		}
		events = append(events, begun)
		for i, text := range texts {
			e, err := discussion.Fold(session, events).Add(who, fmt.Sprint("S", client.Number, i), asOf, discussion.Wrote{Place: discussion.Place{Horizon: discussion.Now}, Text: text})
			if err != nil {
				return err
			}
			if _, err := tx.AppendEvent(ctx, session, e); err != nil {
				return err
			}
			events = append(events, e)
		}
		return tx.KeepSession(ctx, discussion.Fold(session, events))
	})
	if err != nil {
		t.Fatal(err)
	}
}

// exported holds what the export has: everything, and on a page nothing that was
// typed as it was typed.
func exported(t *testing.T, at, dsn string) {
	t.Helper()
	got, _ := verb(t, "export", "--client=0777", at)
	kept := got["kept"].(map[string]any)
	for _, table := range []string{"client", "contact", "client_group", "touch", "feedback", "remark", "session", "session_event", "invoice_line", "audit", "ledger", "before_image"} {
		if rows, _ := kept[table].([]any); len(rows) == 0 {
			t.Errorf("the export has nothing of %s", table)
		}
	}
	if touch := kept["touch"].([]any)[0].(map[string]any); touch["day"] != "2026-11-21" {
		t.Errorf("a moment is exported as %v", touch)
	}
	page := filepath.Join(t.TempDir(), "dossier.html")
	verb(t, "export", "--client=0778", page, at)
	html, err := os.ReadFile(page)
	if err != nil || !strings.Contains(string(html), "<h1>Alles wat Klantbot bewaart van Vergeetmijniet B.V. (0778)</h1>") || strings.Contains(string(html), "dossier.") {
		t.Errorf("the page is %.900s, %v", html, err)
	}
	if _, status := verb(t, "export", "--client=077", at); status != failed {
		t.Error("a part of a number found a client")
	}
}

// TestDossierTables: every table is known to have something of a client, or not to.
func TestDossierTables(t *testing.T) {
	t.Parallel()
	some, none := sqlstore.DossierTables()
	all := append(some, none...)
	each(t, smallDB(t), `SELECT name FROM sqlite_master WHERE type = 'table' AND name <> 'sqlite_sequence'`, func(scan func(...any) error) error {
		var name string
		err := scan(&name)
		if !slices.Contains(all, name) {
			t.Errorf("%s is in no list: say in storage/sqlstore/dossier.go whether it has something of a client", name)
		}
		return err
	})
}
