package bot_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/slack-go/slack"

	"klantbot/analysis"
	"klantbot/bot"
	"klantbot/bot/workspace"
	"klantbot/commands"
	"klantbot/commands/view"
)

func plain(s string) *slack.TextBlockObject {
	return slack.NewTextBlockObject(slack.PlainTextType, s, false, false)
}

// form has a select that asks for its options, a text field and a button.
func form() view.Modal {
	pick := slack.NewOptionsSelectBlockElement(slack.OptTypeExternal, plain("kies"), "test.find.v1")
	text := slack.NewPlainTextInputBlockElement(plain("typ"), "text")
	return view.Modal{Title: "Formulier", Submit: "Verstuur", Close: "Sluiten", Callback: "test.form.v1", Private: "42",
		Blocks: []slack.Block{
			slack.NewInputBlock("pick", plain("Wie"), nil, pick).WithOptional(true),
			slack.NewInputBlock("note#42", plain("Notitie"), nil, text).WithOptional(true),
			slack.NewActionBlock("row", slack.NewButtonBlockElement("test.show.v2", "1", plain("Toon"))),
		}}
}

// top is what stands in user's topmost modal, as JSON; "" without one.
func (o *office) top(user string) string {
	stack := o.Modals(user)
	if len(stack) == 0 {
		return ""
	}
	v := stack[len(stack)-1]
	return string(v.Title) + string(v.Blocks)
}

func (o *office) shows(user, want string) {
	o.t.Helper()
	o.wait(fmt.Sprintf("a modal with %q", want), func() bool { return strings.Contains(o.top(user), want) })
}

// TestModal goes from a loading window through the form to its submission.
func TestModal(t *testing.T) {
	o := newOffice(t)
	o.run()
	hold := make(chan struct{})
	o.window = func(context.Context, commands.Request) (commands.Reply, error) {
		<-hold
		return commands.Show(form()), nil
	}
	if err := o.Shortcut("U1", "test.window.v1", workspace.Place{}); err != nil {
		t.Fatal(err)
	}
	o.shows("U1", sentence("bot.loading"))
	close(hold)
	o.shows("U1", "Formulier")

	o.show = func(_ context.Context, r commands.Request) (commands.Reply, error) {
		if !r.InModal || r.Channel.ID != "" || r.Private != "42" {
			t.Errorf("request in a modal: %+v", r)
		}
		m := form()
		m.Title = "Veranderd"
		return commands.Show(m), nil
	}
	if err := o.Press("U1", workspace.In(""), "test.show.v2"); err != nil {
		t.Fatal(err)
	}
	o.shows("U1", "Veranderd")

	o.validate = func(_ context.Context, r commands.Request) (map[string]string, error) {
		if r.Fields["note"] == "" {
			return map[string]string{"note": "vul dit in"}, nil
		}
		return nil, nil
	}
	err := o.Submit("U1", "", map[string]any{})
	var fields workspace.FieldErrors
	if !errors.As(err, &fields) || fields["note#42"] != "vul dit in" {
		t.Fatalf("errors %v", err)
	}
	hold = make(chan struct{})
	o.submit = func(_ context.Context, r commands.Request) (commands.Reply, error) {
		<-hold
		return commands.Say(view.Say("genoteerd: " + r.Fields["note"])), nil
	}
	if err := o.Submit("U1", "", map[string]any{"Notitie": "gebeld"}); err != nil {
		t.Fatal(err)
	}
	o.shows("U1", sentence("bot.loading"))
	close(hold)
	o.shows("U1", "genoteerd: gebeld")
}

// TestSuggestion answers within 250 ms, at most 40, and with a literal empty
// list when there is nothing or no time.
func TestSuggestion(t *testing.T) {
	o := newOffice(t, func(c *workspace.Config) { c.AckTimeout = time.Minute })
	p := o.run(func(c *bot.Config) { c.Decide = 2 * time.Second }) // a busy machine must not be late too
	o.window = func(context.Context, commands.Request) (commands.Reply, error) { return commands.Show(form()), nil }
	o.command("U1", "C1", "/venster", "")
	o.shows("U1", "Formulier")
	var now atomic.Pointer[commands.UseCase] // a late one still reads it
	o.suggest = func(ctx context.Context, r commands.Request) (commands.Reply, error) { return (*now.Load())(ctx, r) }
	offer := func(use commands.UseCase) (workspace.Options, error) {
		now.Store(&use)
		return o.Suggest("U1", workspace.In(""), "test.find.v1", "jan")
	}
	got, err := offer(func(_ context.Context, r commands.Request) (commands.Reply, error) {
		var found []view.Option
		for range 60 {
			found = append(found, view.Option{Label: strings.Repeat("é", 100) + r.Text, Note: "noot", Value: "1"})
		}
		return commands.Reply{Options: found, Suggest: true}, nil
	})
	if err != nil || len(got.Options) != 40 {
		t.Fatalf("%d options, %v", len(got.Options), err)
	}
	release := make(chan struct{})
	got, err = offer(func(context.Context, commands.Request) (commands.Reply, error) {
		<-release
		return commands.Reply{}, nil
	})
	if err != nil || len(got.Options) != 0 { // before it was released
		t.Errorf("late: %d options, %v", len(got.Options), err)
	}
	close(release)
	if got, err = offer(func(context.Context, commands.Request) (commands.Reply, error) { panic("x") }); err != nil || len(got.Options) != 0 {
		t.Errorf("panic: %d options, %v", len(got.Options), err)
	}
	if c := p.Counts(); c.Late != 1 || c.Panics != 1 {
		t.Errorf("counts %+v, log:\n%s", c, o.log)
	}
	payload := []byte(`{"type":"block_suggestion","user":{"id":"U404"},"action_id":"test.find.v1","value":"x"}`)
	ack, err := p.Handle(t.Context(), bot.Incoming{Kind: bot.KindInteractive, Payload: payload})
	if err != nil || string(ack) != `{"options":[]}` {
		t.Errorf("a stranger gets %s, %v", ack, err)
	}
}

// TestTooLateForAWindow: the trigger is gone, so a sentence says to open anew.
func TestTooLateForAWindow(t *testing.T) {
	o := newOffice(t, func(c *workspace.Config) { c.TriggerLife = time.Nanosecond })
	o.run()
	o.window = func(context.Context, commands.Request) (commands.Reply, error) { return commands.Show(form()), nil }
	o.command("U1", "C1", "/venster", "")
	o.hears("U1", "C1", sentence("bot.reopen"))
	if o.top("U1") != "" {
		t.Error("a modal opened all the same")
	}
}

// TestRefusalInModal: whoever may not submit reads it in the modal.
func TestRefusalInModal(t *testing.T) {
	o := newOffice(t)
	o.run()
	o.window = func(context.Context, commands.Request) (commands.Reply, error) { return commands.Show(form()), nil }
	o.command("U1", "C1", "/venster", "")
	o.shows("U1", "Formulier")
	o.submit = func(context.Context, commands.Request) (commands.Reply, error) {
		return commands.Reply{}, analysis.Fail(analysis.Forbidden, "error.forbidden", nil)
	}
	if err := o.Submit("U1", "", map[string]any{"Notitie": "x"}); err != nil {
		t.Fatal(err)
	}
	want, _ := json.Marshal(sentence("error.forbidden"))
	o.shows("U1", string(want))
}

// inputs lists the block_ids of the inputs of user's topmost modal.
func (o *office) inputs(user string) (all []string) {
	o.t.Helper()
	var blocks []struct {
		Type string `json:"type"`
		ID   string `json:"block_id"`
	}
	stack := o.Modals(user)
	if err := json.Unmarshal(stack[len(stack)-1].Blocks, &blocks); err != nil {
		o.t.Fatal(err)
	}
	for _, b := range blocks {
		if b.Type == "input" {
			all = append(all, b.ID)
		}
	}
	return all
}

// TestFormAgain: a form that answers a sent form names its inputs anew, so that
// Slack shows what stands in it and not what was typed before; a press in it keeps
// the names, and what is sent from it is read as ever.
func TestFormAgain(t *testing.T) {
	o := newOffice(t)
	o.run()
	o.window = func(context.Context, commands.Request) (commands.Reply, error) { return commands.Show(form()), nil }
	again := form()
	again.Title = "Nog eens"
	sent := make(chan map[string]string, 4)
	o.submit = func(_ context.Context, r commands.Request) (commands.Reply, error) {
		sent <- r.Fields
		return commands.Show(again), nil
	}
	if err := o.Shortcut("U1", "test.window.v1", workspace.Place{}); err != nil {
		t.Fatal(err)
	}
	o.shows("U1", "Formulier")
	before := o.inputs("U1")
	if err := o.Submit("U1", "", map[string]any{"Notitie": "gebeld"}); err != nil {
		t.Fatal(err)
	}
	o.shows("U1", "Nog eens")
	first := o.inputs("U1")
	for i, id := range first {
		if id == before[i] || !strings.HasPrefix(id, before[i]) {
			t.Errorf("the input %s is called %s in the next form", before[i], id)
		}
	}
	o.show = func(_ context.Context, r commands.Request) (commands.Reply, error) {
		m := form()
		m.Title = "Veranderd"
		return commands.Show(m), nil
	}
	if err := o.Press("U1", workspace.In(""), "test.show.v2"); err != nil {
		t.Fatal(err)
	}
	o.shows("U1", "Veranderd")
	if pressed := o.inputs("U1"); !slices.Equal(pressed, first) {
		t.Errorf("a press called the inputs %q, they were %q", pressed, first)
	}
	o.validate = func(_ context.Context, r commands.Request) (map[string]string, error) {
		if r.Fields["note"] != "gemaild" {
			return map[string]string{"note": "anders"}, nil
		}
		return nil, nil
	}
	var fields workspace.FieldErrors
	if err := o.Submit("U1", "", map[string]any{"Notitie": "x"}); !errors.As(err, &fields) || fields[first[1]] != "anders" {
		t.Errorf("errors %v", err)
	}
	if err := o.Submit("U1", "", map[string]any{"Notitie": "gemaild"}); err != nil {
		t.Fatal(err)
	}
	o.shows("U1", "Nog eens")
	if got := []string{(<-sent)["note"], (<-sent)["note"]}; !slices.Equal(got, []string{"gebeld", "gemaild"}) {
		t.Errorf("read %q", got)
	}
	if third := o.inputs("U1"); third[1] == first[1] {
		t.Errorf("both forms call the input %s", third[1])
	}
}
