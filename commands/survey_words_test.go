package commands

import (
	"context"
	"slices"
	"strings"
	"testing"

	"klantbot/analysis"
	"klantbot/analysis/survey"
	"klantbot/commands/locale"
	"klantbot/commands/view"
)

// chooser may choose what the office asks.
var chooser = analysis.Actor{User: "U0BAAS", Roles: analysis.RolesOf(analysis.Administrator)}

// words answers the window as who sends it.
func (o *office) words(who analysis.Actor, private string, fields map[string]string) Reply {
	o.Helper()
	req := pressedBy(o, who, "")
	req.Private, req.Fields = private, fields
	w := SurveyWords{Settings: o.db, Store: o.db}
	wrong, err := w.Validate(context.Background(), req)
	if err != nil {
		o.Fatal(err)
	}
	reply, err := w.Save(context.Background(), req)
	if err != nil {
		o.Fatal(err)
	}
	if len(wrong) > 0 && len(reply.Errors) == 0 {
		o.Errorf("what Validate refuses is saved: %v", wrong)
	}
	return reply
}

func (o *office) choices() survey.Choices {
	o.Helper()
	c, err := SurveyChoices(context.Background(), o.db)
	if err != nil {
		o.Fatal(err)
	}
	return c
}

// window is what the window opens with.
func (o *office) window() (private string, fields map[string]string) {
	o.Helper()
	w := SurveyWords{Settings: o.db, Store: o.db}
	if _, err := w.Open(context.Background(), pressedBy(o, chooser, "0")); err != nil {
		o.Fatal(err)
	}
	now, err := w.now(context.Background())
	if err != nil {
		o.Fatal(err)
	}
	fields = map[string]string{view.FieldThemes: typedThemes(locale.New(locale.English, nil), now.themes)}
	for rung := 1; rung <= view.Rungs; rung++ {
		fields[view.FieldRung(rung)] = typedRung(now.ladder, rung)
	}
	return now.private(), fields
}

// TestSurveyWords: what an office types in the window holds from then on; sent as it was
// opened, or once more, it changes nothing; emptied, the program's own holds again.
func TestSurveyWords(t *testing.T) {
	o := newOffice(t)
	before := o.trail()
	private, fields := o.window()
	if r := o.words(chooser, private, fields); r.Errors != nil {
		t.Fatal(r.Errors)
	}
	if kept, _ := o.db.Settings(t.Context(), "survey/"); len(kept) != 0 {
		t.Errorf("a window that was sent as it opened chose %d things", len(kept))
	}
	fields[view.FieldThemes] = " Opvolging\r\n\nVeehouderij : koeien,, Mest <x> ,\nEigen"
	fields[view.FieldRung(3)] = "boerenslim *\n gul"
	for range 2 { // the second time it is as it was
		if r := o.words(chooser, private, fields); r.Errors != nil {
			t.Fatal(r.Errors)
		}
	}
	got := o.choices()
	if len(got.Themes) != 3 || got.Themes[0].Name != "opvolging" || got.Themes[1].Name != "veehouderij" || !slices.Equal(got.Themes[1].Seeds[:1], []string{"koeien"}) {
		t.Errorf("themes = %+v", got.Themes)
	}
	if at := slices.IndexFunc(got.Ladder, func(s survey.Step) bool { return s.Word == "boerenslim" }); len(got.Ladder) != 8 || at < 0 || !got.Ladder[at].Ambition || got.Ladder[at].Rung != 3 {
		t.Errorf("ladder = %+v", got.Ladder)
	}
	for _, theme := range summaryThemes(got) {
		if len(theme.Seeds) == 0 {
			t.Errorf("no answer is about %q", theme.Name)
		}
	}
	if kept, _ := o.db.Settings(t.Context(), "survey/"); len(kept) != 2 || kept[0].Version != 1 || kept[1].Version != 1 || kept[0].By != chooser.User {
		t.Errorf("kept %+v", kept)
	}
	private, _ = o.window()
	if r := o.words(chooser, private, map[string]string{}); r.Errors != nil {
		t.Fatal(r.Errors)
	}
	if got = o.choices(); !sameWords(got.Themes, survey.DefaultThemes()) || !sameWords(got.Ladder, survey.DefaultLadder()) {
		t.Errorf("emptied it is %+v", got)
	}
	if n := o.trail() - before; n != 2 {
		t.Errorf("%d changes are on the trail, want 2", n)
	}
}

// trail counts the lines of the audit trail.
func (o *office) trail() int {
	o.Helper()
	state, err := o.db.CheckAudit(context.Background())
	if err != nil {
		o.Fatal(err)
	}
	return state.Sealed + state.Unsealed
}

// TestSurveyWordsRefused: what can not be, what somebody else changed meanwhile, and who
// may not choose; nothing of it is kept.
func TestSurveyWordsRefused(t *testing.T) {
	o := newOffice(t)
	private, fields := o.window()
	for what, tt := range map[string]struct{ field, typed, block string }{
		"ten themes":      {view.FieldThemes, "a\nb\nc\nd\ne\nf\ng\nh\ni\nj", view.FieldThemes},
		"a theme twice":   {view.FieldThemes, "a\nA", view.FieldThemes},
		"a nameless one":  {view.FieldThemes, ": koe", view.FieldThemes},
		"a long name":     {view.FieldThemes, strings.Repeat("n", 41), view.FieldThemes},
		"a long word":     {view.FieldThemes, "a: " + strings.Repeat("w", 41), view.FieldThemes},
		"too many words":  {view.FieldThemes, "a: " + strings.Repeat("w,", 20) + strings.Repeat("v,", 11), view.FieldThemes},
		"a word twice":    {view.FieldRung(3), "deskundig", view.FieldRung(3)},
		"too many rungs":  {view.FieldRung(2), strings.Join(strings.Split("abcdefghijklmnop", ""), "\n"), view.FieldRung(3)},
		"a long word, up": {view.FieldRung(1), strings.Repeat("é", 61), view.FieldRung(1)},
	} {
		typed := map[string]string{}
		for k, v := range fields {
			typed[k] = v
		}
		typed[tt.field] = tt.typed
		if r := o.words(chooser, private, typed); r.Errors[tt.block] == "" {
			t.Errorf("%s: %+v, want a sentence at %s", what, r, tt.block)
		}
	}
	if kept, _ := o.db.Settings(t.Context(), "survey/"); len(kept) != 0 {
		t.Errorf("what was refused is kept: %+v", kept)
	}
	fields[view.FieldThemes] = "groei"
	o.words(chooser, private, fields)
	fields[view.FieldThemes] = "krimp"
	if r := o.words(chooser, private, fields); r.Errors[view.FieldThemes] == "" || o.choices().Themes[0].Name != "groei" {
		t.Errorf("what somebody else chose meanwhile is written over: %+v", r)
	}
	w := SurveyWords{Settings: o.db, Store: o.db}
	req := pressedBy(o, analysis.Actor{User: "U09", Roles: analysis.RolesOf(analysis.Employee)}, "0")
	if _, err := w.Open(t.Context(), req); analysis.KindOf(err) != analysis.Forbidden {
		t.Errorf("a colleague opens it: %v", err)
	}
	if _, err := w.Save(t.Context(), req); analysis.KindOf(err) != analysis.Forbidden {
		t.Errorf("a colleague saves it: %v", err)
	}
}
