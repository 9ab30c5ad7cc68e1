package commands

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"pgregory.net/rapid"

	"klantbot/analysis"
	_ "klantbot/analysis/rapidseed"
	"klantbot/analysis/value"
	"klantbot/commands/locale"
	"klantbot/commands/view"
	"klantbot/storage"
)

// configOffice is an office in which every group was judged, so that weights
// decide who stands where.
type configOffice struct{ *segmentOffice }

func newConfigOffice(t testing.TB) *configOffice {
	t.Helper()
	o := &configOffice{newSegmentOffice(t)}
	ctx := context.Background()
	groups := 0
	err := o.db.Write(ctx, func(tx storage.Tx) error {
		for h, err := range o.db.Histories(ctx, analysis.DayOf(at)) {
			if err != nil {
				return err
			}
			groups++
			for i, c := range []string{value.KeyStrategic, value.KeyStability, value.KeyCreation} {
				if err := tx.Judge(ctx, analysis.Judgement{Group: h.ID, Criterion: c, Value: (int(h.ID)*7 + i*3) % 5, By: "U2", At: at}); err != nil {
					return err
				}
			}
		}
		return nil
	})
	if err != nil || groups < 60 {
		t.Fatalf("%d groups, %v", groups, err)
	}
	return o
}

// config is the use-case itself.
func (o *configOffice) config() Config {
	return Config{Use: Segmentation{Portfolio: o.db, Judgements: o.db, Segments: o.db, Settings: o.db, Store: o.db}, Market: NewMarket(o.db, o.db, o.db, patient)}
}

const patient = 1 << 40

func (o *configOffice) chosen() chosen {
	o.Helper()
	now, err := readChosen(context.Background(), o.db)
	if err != nil {
		o.Fatal(err)
	}
	return now
}

// place is the form of a setting as it stands.
func (o *configOffice) place(form, key, item string) place {
	return place{form: form, version: o.chosen().version(key), item: item, key: key}
}

// send sends a form and returns what it shows, or the sentences at its fields.
func (o *configOffice) send(actor analysis.Actor, private string, fields map[string]string) (string, map[string]string) {
	o.Helper()
	change := func(r *Request) { r.Actor, r.Private, r.Fields, r.InModal = actor, private, fields, true }
	for _, e := range o.registry.Entries {
		if e.ID == "setting.save" {
			req := Request{Lang: locale.Dutch}
			change(&req)
			wrong, err := e.Validate(context.Background(), req)
			if err != nil || len(wrong) > 0 {
				return "", byField(wrong)
			}
		}
	}
	reply, err := o.ask("setting.save", Submission, change)
	if err != nil {
		o.Fatalf("send %s: %v", private, err)
	}
	if len(reply.Errors) > 0 {
		return "", byField(reply.Errors)
	}
	return shownIn(o.TB, reply), nil
}

func byField(wrong map[string]string) map[string]string {
	fields := map[string]string{}
	for block, said := range wrong {
		fields[view.FieldOf(block)] = said
	}
	return fields
}

// What was typed in one form does not stand in another: Slack keeps it by block.
func TestFormsShareNoBlocks(t *testing.T) {
	o := newConfigOffice(t)
	seen := map[string]string{}
	blocks := regexp.MustCompile(`"block_id":"([^"]+@[^"]+)"`)
	for _, at := range []place{o.place(formWeights, criteriaPrefix, ""), o.place(formWeights, "criteria/mkb", ""), o.place(formAdd, criteriaPrefix, ""),
		o.place(formCriterion, criteriaPrefix, value.KeyStrategic), o.place(formCriterion, criteriaPrefix, value.KeyRevenue), o.place(formQuota, rulesKey, ""),
		o.place(formBorders, rulesKey, ""), o.place(formPotential, potentialKey, ""), o.place(formLoyalty, loyaltyKey, ""),
		o.place(formStrategy, strategyPrefix+"groot", ""), o.place(formStrategy, strategyPrefix+"strategisch", "")} {
		found := blocks.FindAllStringSubmatch(o.press("setting.form", admin, at.String()), -1)
		if len(found) == 0 {
			t.Errorf("%s has no fields", at)
		}
		for _, m := range found {
			if other := seen[m[1]]; other != "" {
				t.Errorf("%s stands in %s and %s", m[1], other, at)
			}
			seen[m[1]] = at.String()
		}
	}
}

var privately = regexp.MustCompile(`"Private":"([^"]*)"`)

// save sends a form, reads the effect and sends it again.
func (o *configOffice) save(actor analysis.Actor, at place, fields map[string]string) (effect, saved string) {
	o.Helper()
	effect, wrong := o.send(actor, at.String(), fields)
	private := privately.FindStringSubmatch(effect)
	if len(wrong) > 0 || private == nil || !strings.Contains(effect, "Er is nog niets opgeslagen") {
		o.Fatalf("no effect of %v: %v\n%s", fields, wrong, effect)
	}
	if saved, wrong = o.send(actor, private[1], fields); len(wrong) > 0 || !strings.Contains(saved, "Opgeslagen") {
		o.Fatalf("not saved: %v\n%s", wrong, saved)
	}
	return effect, saved
}

// weights are the fields of the weights form, in the order of the set.
func weights(typed ...string) map[string]string {
	fields := map[string]string{}
	for i, s := range typed {
		fields[view.FieldWeight(i)] = s
	}
	return fields
}

// standing makes the draft anew and returns who stands where in it.
func (o *configOffice) standing() map[analysis.GroupID]analysis.Segment {
	o.Helper()
	o.press("segment.draft", admin, "0/0/0")
	v, err := o.config().Use.Show(context.Background(), admin, 0)
	if err != nil {
		o.Fatal(err)
	}
	return v.Standing
}

// What the effect says is what a new concept then shows, whatever is changed.
func TestEffectComesTrue(t *testing.T) {
	o := newConfigOffice(t)
	c, day := o.config(), analysis.DayOf(at)
	for _, group := range []string{"0103", "0540"} { // overrides do not move
		if _, err := o.fill("segment.save", partner, o.group(group), "", choose("A", "Wij willen het")); err != nil {
			t.Fatal(err)
		}
	}
	moved := 0
	rapid.Check(t, func(t *rapid.T) {
		now, before := o.chosen(), o.standing()
		after := now.office.Clone()
		set := value.DefaultCriteria()
		for i := range set {
			set[i].Weight = float64(rapid.IntRange(0, 40).Draw(t, "weight"))
		}
		set[0].Weight++
		after.Criteria[""] = set
		a := float64(rapid.IntRange(0, 60).Draw(t, "A"))
		after.Rules = value.Rules{Quota: [4]float64{a, 20, 10, 70 - a}, Borders: [3]float64{70 + a/3, 50, 30}, ByScore: rapid.Bool().Draw(t, "by score")}
		after.Loyalty.Least = rapid.IntRange(1, 6).Draw(t, "marks")
		effect, err := c.effect(context.Background(), day, now.office, after)
		if err != nil {
			t.Fatal(err)
		}
		var settings []storage.Setting
		for _, key := range []string{criteriaPrefix, rulesKey, loyaltyKey} {
			raw, err := stored(after, key)
			if err != nil {
				t.Fatal(err)
			}
			settings = append(settings, storage.Setting{Key: key, Version: now.version(key), Value: raw, At: at})
		}
		o.keys++
		if err := writeSettings(context.Background(), c.Use.Store, Request{Key: "p" + strconv.Itoa(o.keys), Actor: admin, At: at}, "setting.save", settings); err != nil {
			t.Fatal(err)
		}
		_, flows := value.Diff(before, o.standing())
		if !slices.Equal(flows, effect.Flows) {
			t.Fatalf("the effect said %v, it became %v", effect.Flows, flows)
		}
		if effect.Scored != scoresBy(now.office, after) || effect.Total != sum(flows) {
			t.Fatalf("counted %v, %d groups of %v", effect.Scored, effect.Total, flows)
		}
		moved += effect.Total
	})
	if moved == 0 {
		t.Error("nobody ever moved")
	}
}

func sum(flows []value.Flow[analysis.Segment]) int {
	n := 0
	for _, f := range flows {
		n += f.Groups
	}
	return n
}

// A form shows the effect first, saves what was looked at, and can be undone.
func TestWeightsAreCountedSavedAndUndone(t *testing.T) {
	o := newConfigOffice(t)
	before := o.standing()
	first := o.place(formWeights, criteriaPrefix, "")
	heavy := weights("1", "0", "90,5", "0", "0", "0")
	effect, saved := o.save(admin, first, heavy)
	if !strings.Contains(effect, "gaan van B naar A") && !strings.Contains(effect, "gaat van B naar A") {
		t.Errorf("nobody goes from B to A: %s", effect)
	}
	if now := o.chosen(); now.version(criteriaPrefix) != 1 || now.office.Criteria[""][2].Weight != 90.5 {
		t.Fatalf("saved %+v", now.office.Criteria)
	}
	if _, flows := value.Diff(before, o.standing()); len(flows) == 0 {
		t.Error("the weights move nobody")
	}
	// Another edit since the effect was shown is counted first.
	counted, _ := o.send(admin, o.place(formWeights, criteriaPrefix, "").String(), weights("2", "0", "90,5", "0", "0", "0"))
	again, _ := o.send(admin, privately.FindStringSubmatch(counted)[1], weights("3", "0", "90,5", "0", "0", "0"))
	if !strings.Contains(again, "Er is nog niets opgeslagen") || o.chosen().version(criteriaPrefix) != 1 {
		t.Errorf("what was not looked at was saved: %s", again)
	}
	same, _ := o.send(admin, o.place(formWeights, criteriaPrefix, "").String(), heavy)
	if !strings.Contains(same, "Zo is het al ingesteld") {
		t.Errorf("nothing changes, and it says %s", same)
	}
	if !strings.Contains(saved, "Ongedaan maken") {
		t.Fatalf("no way back: %s", saved)
	}
	// What undoing would do is shown first; nothing is done yet.
	asked := o.press("setting.undo", admin, place{form: doUndo, version: 1, key: criteriaPrefix}.String())
	if now := o.chosen(); !strings.Contains(asked, "van A naar B") || !strings.Contains(asked, "Er is nog niets opgeslagen") || now.version(criteriaPrefix) != 1 {
		t.Fatalf("asked before undoing: %s", asked)
	}
	undone := o.press("setting.apply", admin, place{form: doUndo, version: 1, key: criteriaPrefix}.String())
	if now := o.chosen(); !strings.Contains(undone, "Ongedaan gemaakt") || now.version(criteriaPrefix) != 2 || len(now.office.Criteria) != 0 {
		t.Fatalf("after undoing: %+v\n%s", now, undone)
	}
	if _, flows := value.Diff(before, o.standing()); len(flows) != 0 {
		t.Errorf("undoing leaves %v", flows)
	}
	o.press("setting.apply", admin, place{form: doUndo, version: 2, key: criteriaPrefix}.String())
	if now := o.chosen(); now.office.Criteria[""][2].Weight != 90.5 || now.version(criteriaPrefix) != 3 {
		t.Errorf("undoing the undoing gives %+v", now.office.Criteria)
	}
	history, err := o.db.SettingHistory(context.Background(), criteriaPrefix)
	if err != nil || len(history) != 3 || history[2].By != admin.User {
		t.Errorf("history %+v, %v", history, err)
	}
}

// Of two administrators at once one wins and the other is told, by name.
func TestTwoAdministratorsAtOnce(t *testing.T) {
	o := newConfigOffice(t)
	form := o.place(formQuota, rulesKey, "")
	quota := func(a, d string) map[string]string {
		return map[string]string{view.FieldSegmentRule(0): a, view.FieldSegmentRule(1): "15", view.FieldSegmentRule(2): "30", view.FieldSegmentRule(3): d}
	}
	mine, _ := o.send(admin, form.String(), quota("10", "45"))
	theirs, _ := o.send(partner, form.String(), quota("6", "49"))
	private := []string{privately.FindStringSubmatch(mine)[1], privately.FindStringSubmatch(theirs)[1]}
	shown := make([]string, 2)
	var wait sync.WaitGroup
	run := o.entry("setting.save")
	for i, r := range []Request{{Key: "one", Actor: admin, Private: private[0], Fields: quota("10", "45")}, {Key: "two", Actor: partner, Private: private[1], Fields: quota("6", "49")}} {
		r.Lang, r.At = locale.Dutch, at
		wait.Go(func() {
			reply, err := run(context.Background(), r)
			if err != nil || reply.Modal == nil {
				t.Errorf("%s: %v", r.Key, err)
				return
			}
			shown[i] = jsonOf(t, reply.Modal)
		})
	}
	wait.Wait()
	won, told := 0, 0
	for i, s := range shown {
		if strings.Contains(s, "Opgeslagen") {
			won++
		}
		if other := []analysis.Actor{partner, admin}[i]; strings.Contains(s, "intussen gewijzigd; uw wijziging is niet opgeslagen") && strings.Contains(s, string(other.User)) {
			told++
		}
	}
	if won != 1 || told != 1 || o.chosen().version(rulesKey) != 1 {
		t.Fatalf("%d won, %d told, version %d:\n%s", won, told, o.chosen().version(rulesKey), strings.Join(shown, "\n"))
	}
	// Every old button says so too, and changes nothing.
	for id, v := range map[string]string{"setting.form": form.String(), "setting.confirm": place{form: doReset, key: rulesKey}.String(),
		"setting.apply": place{form: doReset, key: rulesKey}.String(), "setting.undo": place{form: doUndo, version: 7, key: rulesKey}.String()} {
		if got := o.press(id, admin, v); !strings.Contains(got, "intussen gewijzigd") {
			t.Errorf("%s on an old button: %s", id, got)
		}
	}
	if o.chosen().version(rulesKey) != 1 {
		t.Error("an old button changed something")
	}
	if q := o.press("setting.confirm", admin, o.place(doReset, rulesKey, "").String()); !strings.Contains(q, "Terug naar de standaard?") {
		t.Errorf("asks %s", q)
	}
	o.press("setting.apply", admin, o.place(doReset, rulesKey, "").String())
	if now := o.chosen(); now.office.Rules != value.DefaultRules() || now.version(rulesKey) != 2 {
		t.Errorf("after going back: %+v", now.office.Rules)
	}
}

func (o *configOffice) entry(id string) UseCase {
	for _, e := range o.registry.Entries {
		if e.ID == id {
			return e.Run
		}
	}
	o.Fatalf("no entry %s", id)
	return nil
}

// A form that is answered once more after the program stopped says that it was
// saved, and saves it once.
func TestSavingAgainAfterAStop(t *testing.T) {
	o := newConfigOffice(t)
	fields := map[string]string{view.FieldHigh: "2.500"}
	counted, _ := o.send(admin, o.place(formPotential, potentialKey, "").String(), fields)
	req := Request{Key: "stopped", Actor: admin, Lang: locale.Dutch, At: at, Private: privately.FindStringSubmatch(counted)[1], Fields: fields}
	for range 2 {
		reply, err := o.entry("setting.save")(context.Background(), req)
		if err != nil || !strings.Contains(shownIn(t, reply), "Opgeslagen") {
			t.Fatalf("%+v, %v", reply, err)
		}
	}
	if now := o.chosen(); now.version(potentialKey) != 1 || now.office.Potential.High != 250000 {
		t.Errorf("saved %+v as version %d", now.office.Potential, now.version(potentialKey))
	}
}

func TestWhoMayChoose(t *testing.T) {
	o := newConfigOffice(t)
	employee := analysis.Actor{User: "U9", Roles: analysis.RolesOf(analysis.Employee)}
	for _, typed := range []string{"instellingen", "settings", " Instellingen "} {
		for _, actor := range []analysis.Actor{employee, o.manager, {User: "U8"}} {
			if _, err := o.ask("klantbot", Slash, func(r *Request) { r.Text, r.Actor = typed, actor }); analysis.KindOf(err) != analysis.Forbidden {
				t.Errorf("%q by %s: %v", typed, actor.Roles, err)
			}
		}
		reply, err := o.ask("klantbot", Slash, func(r *Request) { r.Text, r.Actor = typed, partner })
		if err != nil || !strings.Contains(shownIn(t, reply), "Verdeel naar aantal") {
			t.Errorf("%q by a partner: %v", typed, err)
		}
	}
	at := o.place(formLoyalty, loyaltyKey, "")
	for _, e := range configEntries(o.config()) {
		_, err := e.Run(context.Background(), Request{Key: e.ID, Actor: employee, Lang: locale.Dutch, Value: at.String(), Private: at.String(),
			Fields: map[string]string{view.FieldLeast: "1"}})
		if analysis.KindOf(err) != analysis.Forbidden {
			t.Errorf("%s by an employee: %v", e.ID, err)
		}
	}
	if o.chosen().version(loyaltyKey) != 0 {
		t.Error("an employee changed a setting")
	}
}

// Bad input is refused at its field in one sentence, before anything is counted.
func TestBadSettingsAreRefusedAtTheField(t *testing.T) {
	o := newConfigOffice(t)
	kind := criteriaPrefix
	judged := func(change map[string]string) map[string]string {
		fields := map[string]string{view.FieldName: "Sfeer", view.FieldOneWeight: "10", view.FieldSource: "judged/marks"}
		for mark := range value.Levels {
			fields[view.FieldMeaning(mark)] = "cijfer " + strconv.Itoa(mark)
		}
		maps.Copy(fields, change)
		return fields
	}
	rules := func(typed ...string) map[string]string {
		fields := map[string]string{}
		for i, s := range typed {
			fields[view.FieldSegmentRule(i)] = s
		}
		return fields
	}
	for _, c := range []struct {
		at          place
		fields      map[string]string
		field, says string
	}{
		{o.place(formWeights, kind, ""), weights("0", "0", "0", "0", "0", "0"), "weight.0", "Alle gewichten zijn nul"},
		{o.place(formWeights, kind, ""), weights("30", "-1", "20", "15", "10", "5"), "weight.1", "“Marge” is negatief"},
		{o.place(formWeights, kind, ""), weights("30", "20", "NaN", "15", "10", "5"), "weight.2", "geen getal"},
		{o.place(formWeights, kind, ""), weights("30", "20", "1e9", "15", "10", "5"), "weight.2", "geen getal"},
		{o.place(formWeights, kind, ""), weights("30", "20", "20", "15", "10", "1.001"), "weight.5", "te groot"},
		{o.place(formWeights, kind, ""), weights("30", "20", "20", "15", "10"), "weight.5", "geen getal"},
		{o.place(formAdd, kind, ""), judged(map[string]string{view.FieldName: " "}), "name", "naam"},
		{o.place(formAdd, kind, ""), judged(map[string]string{view.FieldName: strings.Repeat("x", 61)}), "name", "hooguit 60 tekens"},
		{o.place(formAdd, kind, ""), judged(map[string]string{view.FieldSource: ""}), "source", "Kies waar"},
		{o.place(formAdd, kind, ""), judged(map[string]string{view.FieldSource: "revenue/rank"}), "source", "Kies waar"},
		{o.place(formAdd, kind, ""), judged(map[string]string{view.FieldMeaning(3): ""}), "meaning.3", "wat een 3 betekent"},
		{o.place(formAdd, kind, ""), judged(map[string]string{view.FieldMeaning(4): strings.Repeat("m", 151)}), "meaning.4", "hooguit 150 tekens"},
		{o.place(formCriterion, kind, value.KeyStability), judged(map[string]string{view.FieldOneWeight: "veel"}), "weight", "geen getal"},
		{o.place(formQuota, rulesKey, ""), rules("5", "15", "30", "48"), "rule.3", "samen 98; dat moet 100 zijn"},
		{o.place(formQuota, rulesKey, ""), rules("-5", "25", "30", "50"), "rule.0", "tussen 0 en 100"},
		{o.place(formQuota, rulesKey, ""), rules("5", "", "30", "50"), "rule.1", "geen getal"},
		{o.place(formBorders, rulesKey, ""), rules("80", "85", "30"), "rule.1", "lopen af"},
		{o.place(formBorders, rulesKey, ""), rules("180", "85", "30"), "rule.0", "tussen 0 en 100"},
		{o.place(formPotential, potentialKey, ""), map[string]string{view.FieldHigh: "-1"}, "high", "boven nul"},
		{o.place(formPotential, potentialKey, ""), map[string]string{view.FieldHigh: "999.999.999"}, "high", "hooguit"},
		{o.place(formPotential, potentialKey, ""), map[string]string{view.FieldHigh: "veel"}, "high", "geen getal"},
		{o.place(formLoyalty, loyaltyKey, ""), map[string]string{view.FieldLeast: "7"}, "least", "1 tot en met 6"},
		{o.place(formStrategy, strategyPrefix+"groot", ""), map[string]string{view.FieldLine(2): strings.Repeat("x", 301)}, "line.2", "hooguit 300 tekens"},
	} {
		_, wrong := o.send(admin, c.at.String(), c.fields)
		if said := wrong[c.field]; !strings.Contains(said, c.says) || strings.Contains(said, "{") || len(wrong) != 1 {
			t.Errorf("%s %v: %v, want %q at %s", c.at.form, c.fields, wrong, c.says, c.field)
		}
	}
	// A hundred criteria do not fit, and buttons nobody made change nothing.
	for i := range value.MostCriteria - len(value.DefaultCriteria()) {
		o.save(admin, o.place(formAdd, kind, ""), judged(map[string]string{view.FieldName: "Eigen " + strconv.Itoa(i)}))
	}
	if _, wrong := o.send(admin, o.place(formAdd, kind, "").String(), judged(nil)); !strings.Contains(wrong["name"], "hooguit 12 criteria") {
		t.Errorf("a thirteenth criterion: %v", wrong)
	}
	for _, v := range []string{"", "x", "weights|0||", "weights|-1|||criteria/", "weights|0|||office", "weights|99999999999999999999|||segments", "quota|0|||potential", "remove|0|||strategy/groot"} {
		for _, id := range []string{"setting.form", "setting.confirm", "setting.apply", "setting.undo", "setting.criteria"} {
			if _, err := o.ask(id, Action, func(r *Request) { r.Actor, r.Value, r.InModal = admin, v, true }); err != nil && analysis.KindOf(err) != analysis.Invalid {
				t.Errorf("%s %q: %v", id, v, err)
			}
		}
	}
}

// A criterion of the office's own is added, edited and removed; its key stays.
func TestACriterionOfOnesOwn(t *testing.T) {
	o := newConfigOffice(t)
	fields := map[string]string{view.FieldName: "Sfeer & toon", view.FieldOneWeight: "12,5", view.FieldSource: "judged/marks"}
	for mark := range value.Levels {
		fields[view.FieldMeaning(mark)] = "cijfer " + strconv.Itoa(mark)
	}
	o.save(admin, o.place(formAdd, criteriaPrefix, ""), fields)
	set := o.chosen().office.Set("")
	own := set[len(set)-1]
	if own.Key != "sfeer--toon" && own.Key != "sfeer-toon" || own.Weight != 12.5 || len(own.Meanings) != 5 {
		t.Fatalf("added %+v", own)
	}
	fields[view.FieldName] = "Sfeer"
	o.save(partner, o.place(formCriterion, criteriaPrefix, own.Key), fields)
	if again := o.chosen().office.Set("")[len(set)-1]; again.Key != own.Key || again.Name != "Sfeer" {
		t.Errorf("after another name %+v", again)
	}
	// The catalogue's words are not kept as the office's own.
	asked := o.press("setting.form", admin, o.place(formCriterion, criteriaPrefix, value.KeyStrategic).String())
	if !strings.Contains(asked, "Bepaalt mede onze toekomst") {
		t.Errorf("the form does not show what the marks mean: %s", asked)
	}
	remove := o.place(doRemove, criteriaPrefix, own.Key).String()
	if q := o.press("setting.confirm", admin, remove); !strings.Contains(q, "Criterium Sfeer verwijderen") || !strings.Contains(q, "Er is nog niets opgeslagen") {
		t.Errorf("asks %s", q)
	}
	o.press("setting.apply", admin, remove)
	if now := o.chosen(); len(now.office.Criteria) != 0 || now.version(criteriaPrefix) != 3 {
		t.Errorf("what is left equals the default, so nothing is kept: %+v", now.office.Criteria)
	}
}

// What the office writes stands on the card at once, and what potential is high
// decides the client type.
func TestStrategyAndPotentialReachTheCard(t *testing.T) {
	o := newConfigOffice(t)
	o.bakers(12)
	o.press("segment.draft", admin, "0/0/0")
	o.finalize("1")
	if err := o.config().Market.Refresh(context.Background(), analysis.DayOf(at)); err != nil {
		t.Fatal(err)
	}
	card := func(number string) string {
		found, _ := o.dir.Find(t.Context(), number, 1)
		reply, err := o.office.press("client.open", found[0].Client, func(r *Request) { r.Actor = admin })
		if err != nil {
			t.Fatal(err)
		}
		return shown(t, reply)
	}
	const number = "9000" // buys no payroll, as all others do
	high := map[string]string{view.FieldHigh: "500"}
	if effect, _ := o.save(admin, o.place(formPotential, potentialKey, ""), high); !strings.Contains(effect, "Hoog potentieel: nu") {
		t.Errorf("effect %s", effect)
	}
	before := card(number)
	low := map[string]string{view.FieldHigh: "900.000"}
	effect, _ := o.save(admin, o.place(formPotential, potentialKey, ""), low)
	if !strings.Contains(effect, "straks 0") {
		t.Errorf("effect %s", effect)
	}
	after := card(number)
	kind := analysis.Transactional
	if !strings.Contains(before, "ontwikkelklant") || !strings.Contains(after, "transactionele klant") {
		if !strings.Contains(before, "strategische klant") || !strings.Contains(after, "grote klant") {
			t.Fatalf("before %s\nafter %s", before, after)
		}
		kind = analysis.Large
	}
	key := strategyPrefix + string(kind)
	rows := map[string]string{view.FieldLine(0): "Elk kwartaal bellen <!channel>"}
	if effect, _ := o.save(admin, o.place(formStrategy, key, ""), rows); !strings.Contains(effect, "krijgt een andere tekst; dat") {
		t.Errorf("effect %s", effect)
	}
	if got := card(number); !strings.Contains(got, "Elk kwartaal bellen") {
		t.Errorf("the card says %s", got)
	}
	// Emptied, a line has the catalogue's words again.
	o.save(admin, o.place(formStrategy, key, ""), map[string]string{view.FieldLine(0): ""})
	if now := o.chosen(); now.office.Strategies[kind] != (value.Strategy{}) || strings.Contains(card(number), "Elk kwartaal") {
		t.Errorf("after emptying: %+v", now.office.Strategies)
	}
}

// What an older or a newer version saved still loads.
func TestOlderSettingsLoad(t *testing.T) {
	o := newConfigOffice(t)
	ctx := context.Background()
	for key, raw := range map[string]string{
		"criteria/mkb": `[{"key":"revenue","weight":30,"source":"revenue","scale":"rank"},{"key":"partnership","name":"Oud","weight":5,"source":"judged","scale":"marks","meanings":["a","b","c","d","e"],"colour":"red"}]`,
		"criteria/":    `[{"key":"revenue","weight":1,"source":"revenue","scale":"rank"}]`,
		"segments":     `{"quota":[10,20,30,40]}`, "potential": `{}`, "loyalty": `{"least":2,"new":true}`,
		"strategy/groot": `{"goal":"Koesteren"}`, "strategy/onbekend": `{"goal":"x"}`, "attention/plan": `[1,2]`,
	} {
		err := o.db.Write(ctx, func(tx storage.Tx) error { return tx.Set(ctx, storage.Setting{Key: key, Value: []byte(raw), At: at}) })
		if err != nil {
			t.Fatal(err)
		}
	}
	s := o.chosen().office
	if len(s.Criteria["mkb"]) != 2 || s.Rules.Quota != [4]float64{10, 20, 30, 40} || s.Rules.Borders != value.DefaultRules().Borders ||
		s.Loyalty.Least != 2 || s.Potential.High != 0 || s.Strategy(analysis.Large).Goal != "Koesteren" || len(s.Strategies) != 1 {
		t.Errorf("read %+v", s)
	}
	o.standing() // and it counts
	got := o.press("setting.criteria", admin, o.place(formWeights, "criteria/mkb", "").String())
	if !strings.Contains(got, "Oud") {
		t.Errorf("shown %s", got)
	}
}

// What is stored of settings is read back the same, and nothing is kept of what
// is the default.
func TestSettingsAreKeptWhole(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := drawSettings(t)
		back := value.DefaultSettings()
		for _, key := range keysOf(s, value.DefaultSettings()) {
			raw, err := stored(s, key)
			if err != nil {
				t.Fatal(err)
			}
			if err := apply(&back, key, raw); err != nil {
				t.Fatal(err)
			}
		}
		for _, key := range keysOf(s, back) {
			a, _ := json.Marshal(part(s, key))
			b, _ := json.Marshal(part(back, key))
			if string(a) != string(b) {
				t.Fatalf("%s: %s became %s", key, a, b)
			}
		}
		if again := ownSettings(ownSettings(s)); fmt.Sprint(again) != fmt.Sprint(ownSettings(s)) {
			t.Fatalf("tidying twice differs: %v", again)
		}
	})
}

// drawSettings draws settings that an office may have chosen.
func drawSettings(t *rapid.T) value.Settings {
	s := value.DefaultSettings()
	words := rapid.StringN(1, 40, 60)
	for range rapid.IntRange(0, 3).Draw(t, "kinds") {
		set := value.DefaultCriteria()[:rapid.IntRange(1, 6).Draw(t, "criteria")]
		for i := range set {
			set[i].Weight = float64(rapid.IntRange(0, 100).Draw(t, "weight")) / 4
		}
		set[0].Weight++
		if rapid.Bool().Draw(t, "own") {
			own := value.Criterion{Key: "eigen", Name: "E " + words.Draw(t, "name"), Weight: 2, Source: value.Judged, Scale: value.Marks}
			for range value.Levels {
				own.Meanings = append(own.Meanings, "m "+words.Draw(t, "meaning"))
			}
			set = append(set, own)
		}
		s.Criteria[words.Draw(t, "kind")] = set
	}
	if rapid.Bool().Draw(t, "by score") {
		s.Rules = value.Rules{Quota: [4]float64{5.5, 14.5, 30, 50}, Borders: [3]float64{90, 66.6, 10}, ByScore: true}
	}
	s.Potential.High = analysis.Cents(rapid.IntRange(0, 1_000_000).Draw(t, "high"))
	s.Loyalty.Least = rapid.IntRange(1, 6).Draw(t, "least")
	for _, kind := range analysis.ClientTypes() {
		if rapid.Bool().Draw(t, "worded") {
			s.Strategies[kind] = value.Strategy{Type: kind, Goal: words.Draw(t, "goal"), Avoid: words.Draw(t, "avoid")}
		}
	}
	return ownSettings(s)
}

func TestTypedNumber(t *testing.T) {
	for typed, want := range map[string]float64{"0": 0, "12,5": 12.5, "12.5": 12.5, " 7 ": 7, "30%": 30, "€ 2.500": 2500, "2,500": 2500, "2.500,75": 2500.75,
		"1,234,567.5": 1234567.5, "0,125": .125, "0.125": .125, "-3": -3, "−3": -3, ",5": .5, "1.000": 1000} {
		if got, ok := typedNumber(typed); !ok || got != want {
			t.Errorf("%q is %v, %v; want %v", typed, got, ok, want)
		}
	}
	for _, typed := range []string{"", " ", "-", "NaN", "Inf", "1e3", "0x10", "1,2,3", "1.2.3", "12a", "²", "1_000", ".", ",", "--3", "9999999999999999", "١"} {
		if got, ok := typedNumber(typed); ok {
			t.Errorf("%q is taken for %v", typed, got)
		}
	}
}

// An office too large to count while somebody waits is told so, and can still
// save: a request never ends without a sentence.
func TestEffectThatTakesTooLong(t *testing.T) {
	o := newConfigOffice(t)
	c := o.config()
	c.Patience = time.Nanosecond
	now := o.chosen()
	after := now.office.Clone()
	after.Loyalty.Least = 1
	after.Rules.Quota = [4]float64{10, 15, 25, 50}
	effect, err := c.effect(context.Background(), analysis.DayOf(at), now.office, after)
	if err != nil || !effect.Uncounted || effect.Scored || effect.Flows != nil {
		t.Fatalf("effect %+v, %v", effect, err)
	}
	for lang, said := range map[locale.Lang]string{locale.Dutch: "te groot om terwijl u wacht te tellen", locale.English: "too large to count"} {
		if lines := view.EffectLines(locale.New(lang, nil), effect); len(lines) != 1 || !strings.Contains(lines[0], said) {
			t.Errorf("says %q", lines)
		}
	}
	// Who gave up is not told that the office is too large.
	gone, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := c.effect(gone, analysis.DayOf(at), now.office, after); err == nil {
		t.Error("a request that ended has an effect")
	}
}

// What the office's own figures say may be judged instead, under the same key,
// and is scored by those judgements.
func TestMarginThatIsJudged(t *testing.T) {
	o := newConfigOffice(t)
	fields := map[string]string{view.FieldOneWeight: "50", view.FieldSource: "judged/marks"}
	for mark := range value.Levels {
		fields[view.FieldMeaning(mark)] = "Marge " + strconv.Itoa(mark)
	}
	for _, key := range []string{value.KeyMargin, value.KeyRevenue, value.KeyLoyalty} {
		o.save(admin, o.place(formCriterion, criteriaPrefix, key), fields)
	}
	group := o.group("0101")
	judge := func(mark int) {
		t.Helper()
		err := o.db.Write(context.Background(), func(tx storage.Tx) error {
			return tx.Judge(context.Background(), analysis.Judgement{Group: group, Criterion: value.KeyRevenue, Value: mark, By: "U2", At: at})
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	score := func() float64 {
		t.Helper()
		o.press("segment.draft", admin, "0/0/0")
		item, err := o.db.Item(context.Background(), 1, group)
		if err != nil {
			t.Fatal(err)
		}
		return item.Score
	}
	judge(0)
	low := score()
	judge(4)
	if high := score(); high <= low {
		t.Errorf("judged 4 the score is %v, judged 0 %v", high, low)
	}
	o.save(admin, o.place(formCriterion, criteriaPrefix, value.KeyRevenue), map[string]string{view.FieldOneWeight: "30", view.FieldSource: "revenue/rank"})
	if c := o.chosen().office.Criteria[""][0]; c.Source != value.FromRevenue || c.Scale != value.Ranked || len(c.Meanings) != 0 {
		t.Errorf("back at the figures it is %+v", c)
	}
}
