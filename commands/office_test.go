package commands

import (
	"context"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"klantbot/analysis"
	"klantbot/commands/locale"
	"klantbot/storage"
	"klantbot/storage/sqlite"
	"klantbot/storage/sqlstore"
)

var at = time.Date(2026, 11, 21, 9, 0, 0, 0, time.UTC)

// office is a small one on real SQLite, filled by the import road.
type office struct {
	testing.TB
	db       *sqlstore.DB
	registry *Registry
	dir      *Directory
	keys     int
}

func newOffice(t testing.TB) *office {
	t.Helper()
	ctx := context.Background()
	db, err := sqlite.Open(ctx, filepath.Join(t.TempDir(), "office.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	clients := []analysis.StagedClient{
		row("0101", "Jansen Beheer B.V.", "Jansen"), row("0102", "Jansen Bouw B.V.", "Jansen"),
		row("0103", "Bakkerij Pietersen", ""), row("0104", "Visser & Zn.", ""),
	}
	clients[2].ContactName, clients[2].ContactEmail = "mevrouw Smit", "smit@pietersen.example"
	for i := range 60 {
		clients = append(clients, row(strconv.Itoa(500+i), "Mulder "+strconv.Itoa(i)+" B.V.", ""))
	}
	stage(t, db, analysis.ImportClients, func(s storage.Staging) error { return s.AddClients(ctx, clients) })
	var lines []analysis.StagedLine
	for year := 2021; year <= 2026; year++ {
		lines = append(lines, analysis.StagedLine{Line: year, Number: "0101", Day: analysis.Date(year, 5, 1),
			Service: "Jaarrekening", ServiceYear: year - 1, Amount: 500000})
	}
	stage(t, db, analysis.ImportRevenue, func(s storage.Staging) error { return s.AddLines(ctx, lines) })
	dir := NewDirectory(db)
	if err := dir.Refresh(ctx); err != nil {
		t.Fatal(err)
	}
	market := NewMarket(db, db, db, time.Minute)
	n := Needs{Market: market, Clients: db, Revenue: db, Managers: db, Proposals: db, Portfolio: db, Segments: db, Roster: db, Judgements: db,
		Settings: db, Futures: db, Attention: db, Touches: db, Absences: db, Digests: db, Gatherings: db, Writer: db, Directory: dir, Now: func() time.Time { return at }}
	return &office{TB: t, db: db, registry: New(n), dir: dir}
}

func row(number, name, group string) analysis.StagedClient {
	return analysis.StagedClient{GroupName: group, ManagerEmail: "rm@voorbeeld.nl", ManagerName: "Fleur de Vries",
		Client: analysis.Client{Number: number, Name: name, FTE: -1, Balance: -1, Elsewhere: -1,
			Since: analysis.NoDay, Until: analysis.NoDay, Status: analysis.Current}}
}

func stage(t testing.TB, db *sqlstore.DB, kind analysis.ImportKind, fill func(storage.Staging) error) {
	t.Helper()
	ctx := context.Background()
	s, err := db.Stage(ctx, storage.ImportOptions{Kind: kind, File: "test.csv", Source: "facturen", At: at})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if err := fill(s); err != nil {
		t.Fatal(err)
	}
	if out, err := s.Apply(ctx); err != nil || out.RefusedCount > 0 {
		t.Fatalf("%+v, %v", out, err)
	}
}

// ask runs an entry as an employee in #kantoor.
func (o *office) ask(id string, on On, change func(*Request)) (Reply, error) {
	o.Helper()
	o.keys++
	req := Request{Key: "k" + strconv.Itoa(o.keys), Actor: analysis.Actor{User: "U1", Roles: analysis.RolesOf(analysis.Employee)},
		Lang: locale.Dutch, At: at, Channel: Channel{ID: "C1", Name: "kantoor", Member: true}}
	change(&req)
	for _, e := range o.registry.Entries {
		if e.ID == id && e.On == on {
			return e.Run(context.Background(), req)
		}
	}
	o.Fatalf("no entry %s %s", on, id)
	return Reply{}, nil
}

func said(r Reply) string {
	if r.Now == nil {
		return ""
	}
	return r.Now.Text
}

func TestClientAnswersByHowManyMatch(t *testing.T) {
	o := newOffice(t)
	for _, c := range []struct{ typed, want string }{
		{"0103", "Klantkaart van Bakkerij Pietersen"},
		{"pietersen", "Klantkaart van Bakkerij Pietersen"},
		{"mevrouw Smit", "Klantkaart van Bakkerij Pietersen"},
		{"smit@pietersen.example", "Klantkaart van Bakkerij Pietersen"},
		{"Jansen", "2 klanten passen bij “Jansen”"},
		{"Mulder", "Meer dan tien klanten passen bij “Mulder”"},
		{"zzzzqqq", "“zzzzqqq”"},
		{"", "bijvoorbeeld /klant Jansen"},
		{"help", "bijvoorbeeld /klant Jansen"},
		{strings.Repeat("x", 3000), "…"},
	} {
		reply, err := o.ask("client", Slash, func(r *Request) { r.Text = c.typed })
		if err != nil {
			t.Errorf("%.20s: %v", c.typed, err)
			continue
		}
		if c.want != "…" && !strings.Contains(said(reply), c.want) {
			t.Errorf("%.20s: %q, want %q", c.typed, said(reply), c.want)
		}
		if n := len([]rune(said(reply))); n == 0 || n > 4000 {
			t.Errorf("%.20s: %d characters", c.typed, n)
		}
	}
}

func TestNobodyGetsACard(t *testing.T) {
	o := newOffice(t)
	_, err := o.ask("client.open", Action, func(r *Request) { r.Value, r.Actor = "1", analysis.Actor{User: "U9"} })
	if analysis.KindOf(err) != analysis.Forbidden {
		t.Errorf("somebody without a role gets %v", err)
	}
	for _, value := range []string{"", "0", "-1", "99999", "1; DROP TABLE client", "9223372036854775808"} {
		if _, err := o.ask("client.open", Action, func(r *Request) { r.Value = value }); analysis.KindOf(err) != analysis.NotFound {
			t.Errorf("value %q gives %v", value, err)
		}
	}
}

func TestEveryCardIsAudited(t *testing.T) {
	o := newOffice(t)
	for range 2 { // the same request, delivered twice, is one look-up
		if _, err := o.ask("client", Slash, func(r *Request) { r.Text, r.Key = "0101", "same" }); err != nil {
			t.Fatal(err)
		}
	}
	hit, _ := o.dir.Find(t.Context(), "0101", 2)
	client, err := o.db.Client(context.Background(), hit[0].Client)
	if err != nil {
		t.Fatal(err)
	}
	trail, err := o.db.AuditOf(context.Background(), client.Group, 10)
	if err != nil || len(trail) != 1 {
		t.Fatalf("%d lines, %v", len(trail), err)
	}
	if l := trail[0]; l.User != "U1" || l.Action != "client.show" || l.Client != client.ID || !l.At.Equal(at) {
		t.Errorf("the trail says %+v", l)
	}
}

func TestSharingGoesThroughTheLedgerOnce(t *testing.T) {
	o := newOffice(t)
	hit, _ := o.dir.Find(t.Context(), "0101", 2)
	value := strconv.FormatInt(int64(hit[0].Client), 10)
	for range 2 {
		reply, err := o.ask("client.post", Action, func(r *Request) { r.Value, r.Key = value, "press" })
		if err != nil || !strings.Contains(said(reply), "gedeeld in #kantoor") {
			t.Fatalf("%q, %v", said(reply), err)
		}
	}
	entries, err := o.db.Claim(context.Background(), "test", at.Add(time.Second), at.Add(time.Minute), 10)
	if err != nil || len(entries) != 1 {
		t.Fatalf("%d messages, %v", len(entries), err)
	}
	letter, err := o.registry.Letters[entries[0].Kind](context.Background(), entries[0])
	if err != nil || !strings.Contains(letter.Text, "Jansen Beheer B.V.") {
		t.Errorf("%q, %v", letter.Text, err)
	}
	for name, change := range map[string]func(*Request){
		"in a DM":          func(r *Request) { r.Channel.Direct = true },
		"nowhere":          func(r *Request) { r.Channel = Channel{} },
		"where we are not": func(r *Request) { r.Channel.Member = false },
	} {
		for _, id := range []string{"client.share", "client.post"} {
			_, err := o.ask(id, Action, func(r *Request) { r.Value = value; change(r) })
			if analysis.KindOf(err) != analysis.Invalid {
				t.Errorf("%s %s: %v", id, name, err)
			}
		}
	}
}

func TestSuggestionsFitASelect(t *testing.T) {
	o := newOffice(t)
	reply, err := o.ask("client.pick", Suggestion, func(r *Request) { r.Text = "Mulder" })
	if err != nil || !reply.Suggest || len(reply.Options) != mostOptions {
		t.Fatalf("%d options, %v", len(reply.Options), err)
	}
	reply, err = o.ask("client.pick", Suggestion, func(r *Request) { r.Text = "" })
	if err != nil || !reply.Suggest {
		t.Fatalf("nothing typed: %+v, %v", reply, err)
	}
}

// The directory follows the store: what another process imports is found.
func TestDirectoryFollowsImports(t *testing.T) {
	o := newOffice(t)
	if found, _ := o.dir.Find(t.Context(), "Nieuwkoop", 5); len(found) != 0 {
		t.Fatalf("found %v", found)
	}
	ctx := context.Background()
	stage(t, o.db, analysis.ImportClients, func(s storage.Staging) error {
		return s.AddClients(ctx, []analysis.StagedClient{row("0900", "Nieuwkoop Advies", "")})
	})
	if err := o.dir.Refresh(ctx); err != nil {
		t.Fatal(err)
	}
	if found, clear := o.dir.Find(t.Context(), "Nieuwkoop", 5); len(found) != 1 || !clear {
		t.Errorf("found %v, clear %v", found, clear)
	}
}

func TestRolesFollowEmailAndHand(t *testing.T) {
	o := newOffice(t)
	ctx := context.Background()
	roles := Roles{Members: o.db, Managers: o.db}
	for _, c := range []struct {
		email string
		want  analysis.Role
	}{{"RM@voorbeeld.nl", analysis.ManagerRole}, {"ander@voorbeeld.nl", analysis.Employee}, {"", analysis.Employee}} {
		actor, err := roles.Actor(ctx, "U1", c.email)
		if err != nil || actor.Roles != analysis.RolesOf(c.want) || (actor.Manager != 0) != (c.want == analysis.ManagerRole) {
			t.Errorf("%s: %+v, %v", c.email, actor, err)
		}
	}
	// Beheerder comes on top of what the e-mail says; other roles take its place.
	for _, c := range []struct{ given, want analysis.RoleSet }{
		{analysis.RolesOf(analysis.Administrator), analysis.RolesOf(analysis.Administrator, analysis.ManagerRole)},
		{analysis.RolesOf(analysis.Administrator, analysis.PartnerRole), analysis.RolesOf(analysis.Administrator, analysis.PartnerRole)},
		{analysis.RolesOf(analysis.Employee), analysis.RolesOf(analysis.Employee)},
		{0, analysis.RolesOf(analysis.ManagerRole)},
	} {
		if err := o.db.SetRoles(ctx, storage.Member{User: "U1", Roles: c.given, SetAt: at}); err != nil {
			t.Fatal(err)
		}
		if actor, err := roles.Actor(ctx, "U1", "rm@voorbeeld.nl"); err != nil || actor.Roles != c.want || actor.Manager == 0 {
			t.Errorf("given %q: %+v, %v", c.given, actor, err)
		}
	}
}

// Whatever somebody types is answered with a message that Slack takes.
func FuzzCommandText(f *testing.F) {
	for _, typed := range []string{"", "help", "Jansen", "0101", "<!channel>", "'; DROP TABLE client; --", "\x00\xff", "😀", "\xf0\x9fAi", "*_~`", "\u202e\u200b", strings.Repeat("é", 3000)} {
		f.Add(typed)
	}
	o := newOffice(f)
	f.Fuzz(func(t *testing.T, typed string) {
		o.TB = t
		for _, id := range []string{"client", "klantbot"} {
			reply, err := o.ask(id, Slash, func(r *Request) { r.Text = typed })
			if analysis.KindOf(err) == analysis.Forbidden {
				continue // an administrator's command, which the bot refuses in words
			}
			if err != nil || reply.Now == nil {
				t.Fatalf("%q: %+v, %v", typed, reply, err)
			}
			if n := len([]rune(reply.Now.Text)); n == 0 || n > 4000 || len(reply.Now.Blocks) > 50 || !utf8.ValidString(reply.Now.Text) {
				t.Errorf("%q: %d characters, %d blocks", typed, n, len(reply.Now.Blocks))
			}
			if strings.Contains(reply.Now.Text, "<!channel>") {
				t.Errorf("%q mentions everybody", typed)
			}
		}
	})
}
