package commands

import (
	"context"
	"math"
	"strconv"
	"strings"
	"testing"
	"time"

	"klantbot/analysis"
	"klantbot/analysis/lifetime"
	"klantbot/analysis/value"
	"klantbot/commands/locale"
	"klantbot/commands/view"
	"klantbot/storage"
)

// cohorts fills an office whose yearly clients leave as an sBG says, a cohort a
// year, each client for 1,000 euro a year. It returns the number of one who came
// in the first year and is still there.
func (o *office) cohorts(perYear, first, last int) (oldest string) {
	o.Helper()
	model := lifetime.SBG{A: .668088, B: 3.806094}
	var clients []analysis.StagedClient
	var lines []analysis.StagedLine
	for began := first; began <= last; began++ {
		for i := range perYear {
			number := strconv.Itoa(began) + strconv.Itoa(1000+i)
			c := row(number, "Jaarklant "+number, "")
			c.Since = analysis.Date(began, 1, 1)
			clients = append(clients, c)
			for year := began; year <= 2026; year++ {
				left, err := model.Survival(year - began)
				if err != nil {
					o.Fatal(err)
				}
				if i >= int(math.Round(left*float64(perYear))) {
					break
				}
				lines = append(lines, analysis.StagedLine{Line: len(lines) + 1, Number: number, Day: analysis.Date(year, 6, 1), Service: "Jaarrekening", Amount: 100000})
			}
		}
	}
	ctx := context.Background()
	stage(o, o.db, analysis.ImportClients, func(s storage.Staging) error { return s.AddClients(ctx, clients) })
	stage(o, o.db, analysis.ImportRevenue, func(s storage.Staging) error { return s.AddLines(ctx, lines) })
	return strconv.Itoa(first) + "1000"
}

func (o *office) lifetime() Lifetime {
	return Lifetime{Portfolio: o.db, Fits: o.db, Segments: o.db, Store: o.db}
}

// fits are those of today by model.
func (o *office) fits() map[storage.LifetimeModel]storage.LifetimeFit {
	o.Helper()
	o.keys++
	req := Request{Key: "fit" + strconv.Itoa(o.keys), At: at, Actor: analysis.Actor{Roles: analysis.RolesOf(analysis.Operator)}}
	all, err := o.lifetime().Fit(context.Background(), req)
	if err != nil {
		o.Fatal(err)
	}
	fits := map[storage.LifetimeModel]storage.LifetimeFit{}
	for _, f := range all {
		fits[f.Model] = f
	}
	return fits
}

// lifetimeOf is what a card says of the client with number.
func (o *office) lifetimeOf(number string) *view.CardLifetime {
	o.Helper()
	ctx := context.Background()
	cards := Cards{Clients: o.db, Revenue: o.db, Managers: o.db, Segments: o.db, Lifetimes: o.db, Market: NewMarket(o.db, o.db, o.db, time.Minute)}
	if err := o.dir.Refresh(ctx); err != nil {
		o.Fatal(err)
	}
	found, _ := o.dir.Find(o.Context(), number, 1)
	if len(found) == 0 {
		o.Fatalf("no client %s", number)
	}
	card, err := cards.Card(ctx, found[0].Client, analysis.DayOf(at))
	if err != nil {
		o.Fatal(err)
	}
	l, err := cards.Lifetime(ctx, card)
	if err != nil {
		o.Fatal(err)
	}
	return l
}

// TestLifetimeOfAClient: an office whose clients leave as the model says finds
// its parameters, the fit beats the naive guess, and the card says what one
// client is still expected to bring.
func TestLifetimeOfAClient(t *testing.T) {
	o := newOffice(t)
	oldest := o.cohorts(200, 2014, 2021)
	if l := o.lifetimeOf(oldest); l != nil {
		t.Errorf("before any fit a card says %+v", l)
	}
	sbg := o.fits()[storage.SBG]
	if sbg.Reason != "" || !sbg.Better() || sbg.Clients < 1600 || sbg.Cohorts != 8 ||
		math.Abs(sbg.Params["a"]-.668) > .07 || math.Abs(sbg.Params["b"]-3.806) > .4 {
		t.Fatalf("sBG is %+v", sbg)
	}
	l := o.lifetimeOf(oldest)
	if l == nil || l.Model != "sBG" || l.Net || l.ToDate != 13*100000 || l.Why != "" {
		t.Fatalf("lifetime is %+v", l)
	}
	// Invoiced in 2026 already, the thirteenth year: the next renewal is a year off.
	years, err := lifetime.SBG{A: sbg.Params["a"], B: sbg.Params["b"]}.Residual(13, discount)
	want := 100000 * years / (1 + discount)
	if err != nil || math.Abs(float64(l.Expected)-want) > .02*want || l.Low > l.Expected || l.High < l.Expected || l.Low < 0 {
		t.Errorf("expected %d between %d and %d, want about %.0f (%v)", l.Expected, l.Low, l.High, want, err)
	}
	p := locale.New(locale.Dutch, nil)
	if shown := view.CardText(p, view.Card{Lifetime: l}); !strings.Contains(shown, "Model sBG") || !strings.Contains(shown, "Tot nu toe: € 13.000 omzet") {
		t.Errorf("it reads %s", shown)
	}
	gone := o.lifetimeOf("20141199")
	if gone == nil || gone.Model != "" || gone.Why != "lifetime.client.ended" || gone.Annuity <= 0 {
		t.Errorf("who stopped years ago has %+v", gone)
	}
}

// TestLifetimeNetReturn: where the hours of the whole relationship are known the
// amounts are net.
func TestLifetimeNetReturn(t *testing.T) {
	o := newOffice(t)
	oldest := o.cohorts(200, 2014, 2021)
	o.fits()
	gross := o.lifetimeOf(oldest)
	hours := []analysis.StagedHours{{Line: 1, Number: oldest, Day: analysis.Date(2014, 5, 1), Minutes: 600, Cost: 325000}}
	stage(t, o.db, analysis.ImportHours, func(s storage.Staging) error { return s.AddHours(context.Background(), hours) })
	net := o.lifetimeOf(oldest)
	if !net.Net || net.ToDate != 13*100000-325000 || math.Abs(float64(net.Expected)-.75*float64(gross.Expected)) > 1 || net.High <= net.Low {
		t.Errorf("net %+v, gross %+v", net, gross)
	}
}

// TestLifetimeOfASmallOffice: with too few groups or cohorts nothing is said of
// one client, and the office's mean is.
func TestLifetimeOfASmallOffice(t *testing.T) {
	for name, c := range map[string]struct{ perYear, first, last int }{"40 clients": {5, 2014, 2021}, "two cohorts": {200, 2014, 2015}} {
		o := newOffice(t)
		oldest := o.cohorts(c.perYear, c.first, c.last)
		fits := o.fits()
		if fits[storage.SBG].Reason != "lifetime.office.small" && name == "40 clients" || fits[storage.Annuity].Reason != "" {
			t.Errorf("%s: %+v", name, fits)
		}
		l := o.lifetimeOf(oldest)
		if l == nil || name == "40 clients" && l.Model != "" || l.Annuity <= 0 || l.Retention <= 0 || l.Retention >= 1 {
			t.Errorf("%s: %+v", name, l)
		}
	}
}

// TestLifetimeWithoutLosses: a fit that does not exist says why, and no figure is
// made up.
func TestLifetimeWithoutLosses(t *testing.T) {
	o := newOffice(t)
	oldest := o.cohorts(1, 2021, 2021) // who is alone in a cohort stays
	fits := o.fits()
	if fits[storage.Annuity].Reason != "lifetime.office.no_losses" || fits[storage.Annuity].Params != nil {
		t.Errorf("annuity is %+v", fits[storage.Annuity])
	}
	if l := o.lifetimeOf(oldest); l == nil || l.Model != "" || l.Annuity != 0 || l.Expected != 0 {
		t.Errorf("%+v", l)
	}
}

// TestLifetimeKeep: the program fits by itself once there is revenue, and again
// when a segmentation became final, and not otherwise.
func TestLifetimeKeep(t *testing.T) {
	ctx := context.Background()
	o := newOffice(t)
	count := func() string {
		t.Helper()
		fits, err := o.db.LifetimeFits(ctx)
		if err != nil {
			t.Fatal(err)
		}
		if len(fits) == 0 {
			return "none"
		}
		return fits[0].At.UTC().Format(time.DateOnly)
	}
	keep := func(day int) {
		t.Helper()
		if _, err := o.lifetime().Keep(ctx, at.AddDate(0, 0, day)); err != nil {
			t.Fatal(err)
		}
	}
	keep(0)
	if got := count(); got != "2026-11-21" {
		t.Errorf("after the first look the fits are of %s", got)
	}
	keep(3)
	if got := count(); got != "2026-11-21" {
		t.Errorf("with nothing new the fits are of %s", got)
	}
	segments := Segmentation{Portfolio: o.db, Judgements: o.db, Segments: o.db, Settings: o.db, Store: o.db}
	req := Request{Key: "d", At: at.AddDate(0, 0, 4), Actor: analysis.Actor{Roles: analysis.RolesOf(analysis.Operator)}}
	if _, err := segments.Draft(ctx, req); err != nil {
		t.Fatal(err)
	}
	req.Key = "f"
	if _, err := segments.Finalize(ctx, req); err != nil {
		t.Fatal(err)
	}
	keep(5)
	if got := count(); got != "2026-11-26" {
		t.Errorf("after a final segmentation the fits are of %s", got)
	}
	keep(110)
	if got := count(); got != "2027-03-11" {
		t.Errorf("after three months the fits are of %s", got)
	}
	who := Request{Key: "x", At: at, Actor: analysis.Actor{User: "U1", Roles: analysis.RolesOf(analysis.Employee)}}
	if _, err := o.lifetime().Fit(ctx, who); analysis.KindOf(err) != analysis.Forbidden {
		t.Errorf("an employee fits: %v", err)
	}
}

// TestLifetimeOfJobs: one-off work is looked ahead by how often it comes back
// and what it is worth.
func TestLifetimeOfJobs(t *testing.T) {
	asOf := analysis.DayOf(at)
	often := storage.LifetimeFit{Params: map[string]float64{"r": .2426, "alpha": 4.4135, "a": .7929, "b": 2.4258}}
	worth := storage.LifetimeFit{Params: map[string]float64{"p": 6.25, "q": 3.74, "v": 15.45}}
	jobs := []value.Job{{Month: asOf.AddMonths(-20), Amount: 5000}, {Month: asOf.AddMonths(-10), Amount: 7000}, {Month: asOf.AddMonths(-2), Amount: 6000}}
	for n := 1; n <= len(jobs); n++ {
		l := &view.CardLifetime{}
		expectJobs(l, often, worth, jobs[:n], asOf)
		if !l.Jobs || l.Model == "" || l.Expected <= 0 || l.Low > l.Expected || l.High < l.Expected {
			t.Errorf("%d jobs: %+v", n, l)
		}
	}
	l := &view.CardLifetime{}
	expectJobs(l, often, storage.LifetimeFit{Params: map[string]float64{"p": 6.25, "q": .9, "v": 15.45}}, jobs[:1], asOf)
	if l.Model != "" || l.Why == "" || l.Expected != 0 {
		t.Errorf("a mean that does not exist: %+v", l)
	}
}
