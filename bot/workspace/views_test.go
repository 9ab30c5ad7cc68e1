package workspace

import (
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/slack-go/slack"
	"github.com/slack-go/slack/socketmode"
)

// desk keeps the last interaction and lets a test answer it.
type desk struct {
	mu     sync.Mutex
	last   map[slack.InteractionType]slack.InteractionCallback
	answer map[slack.InteractionType]any
}

func (o *office) desk() *desk {
	d := &desk{last: map[slack.InteractionType]slack.InteractionCallback{}, answer: map[slack.InteractionType]any{}}
	o.connect(func(b *bot, e socketmode.Event) {
		var payload any
		switch v := e.Data.(type) {
		case slack.InteractionCallback:
			d.mu.Lock()
			d.last[v.Type], payload = v, d.answer[v.Type]
			d.mu.Unlock()
		case slack.SlashCommand:
			d.mu.Lock()
			d.last["command"] = slack.InteractionCallback{TriggerID: v.TriggerID, ResponseURL: v.ResponseURL}
			d.mu.Unlock()
		}
		b.ack(e, payload)
	})
	return d
}

func (d *desk) got(kind slack.InteractionType) slack.InteractionCallback {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.last[kind]
}

func (d *desk) set(kind slack.InteractionType, payload any) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.answer[kind] = payload
}

// trigger runs a command and gives its trigger_id.
func (o *office) trigger(d *desk) string {
	o.t.Helper()
	if err := o.Command("U1", "C1", "/klant", "x"); err != nil {
		o.t.Fatal(err)
	}
	return d.got("command").TriggerID
}

func TestTriggers(t *testing.T) {
	o := newOffice(t)
	d := o.desk()
	id := o.trigger(d)
	if _, err := o.api.OpenView(id, slack.ModalViewRequest{Type: slack.VTModal}); code(err) != "invalid_arguments" {
		t.Errorf("a bad view: %v", err)
	}
	if _, err := o.api.OpenView(id, modalView("Een", "naam")); err != nil {
		t.Errorf("a bad view must not use the trigger up: %v", err)
	}
	if _, err := o.api.OpenView(id, modalView("Een", "naam")); code(err) != "exchanged_trigger_id" {
		t.Errorf("second use: %v", err)
	}
	late := o.trigger(d)
	o.Jump(3100 * time.Millisecond)
	if _, err := o.api.OpenView(late, modalView("Een", "naam")); code(err) != "expired_trigger_id" {
		t.Errorf("after 3.1 s: %v", err)
	}
}

func TestModalLife(t *testing.T) {
	o := newOffice(t)
	d := o.desk()
	v, err := o.api.OpenView(o.trigger(d), modalView("Een", "naam"))
	if err != nil {
		t.Fatal(err)
	}
	if len(o.Modals("U1")) != 1 || v.ID == "" || v.Hash == "" || v.RootViewID != v.ID || v.PrivateMetadata != "id=7" {
		t.Errorf("view %+v", v)
	}
	// Slack itself asks for what is required.
	if _, ok := o.Submit("U1", "", nil).(FieldErrors); !ok {
		t.Error("an empty required field was submitted")
	}
	d.set(slack.InteractionTypeViewSubmission, slack.NewErrorsViewSubmissionResponse(map[string]string{"naam": "Onbekend"}))
	if f, ok := o.Submit("U1", "", map[string]any{"Naam": "Jansen"}).(FieldErrors); !ok || f["naam"] != "Onbekend" {
		t.Error("no field errors")
	}
	got := d.got(slack.InteractionTypeViewSubmission)
	if got.View.State.Values["naam"]["naam"].Value != "Jansen" || got.View.PrivateMetadata != "id=7" || got.View.CallbackID != "zoek" || got.User.ID != "U1" {
		t.Errorf("submission %+v", got.View)
	}
	d.set(slack.InteractionTypeViewSubmission, slack.NewErrorsViewSubmissionResponse(map[string]string{"bestaat-niet": "x"}))
	if err := o.Submit("U1", "", nil); code(err) != "invalid_response" {
		t.Errorf("errors for an unknown block: %v", err)
	}
	// hash_conflict, then update by the right hash; what was typed stays.
	if _, err := o.api.UpdateView(modalView("Twee", "naam"), "", "verouderd", v.ID); code(err) != "hash_conflict" {
		t.Errorf("old hash: %v", err)
	}
	next, err := o.api.UpdateView(modalView("Twee", "naam"), "", v.Hash, v.ID)
	if err != nil || next.Hash == v.Hash || next.ID != v.ID || next.State.Values["naam"]["naam"].Value != "Jansen" {
		t.Errorf("updated %+v %v", next, err)
	}
	// push from the modal, update and clear by the acknowledgement.
	push := modalView("Drie", "naam")
	d.set(slack.InteractionTypeViewSubmission, slack.NewPushViewSubmissionResponse(&push))
	if err := o.Submit("U1", "", nil); err != nil || len(o.Modals("U1")) != 2 {
		t.Fatalf("push: %v, %d modals", err, len(o.Modals("U1")))
	}
	top := o.Modals("U1")[1]
	if top.RootViewID != v.ID || top.PreviousViewID == nil || *top.PreviousViewID != v.ID {
		t.Errorf("pushed %+v", top)
	}
	update := modalView("Vier", "naam")
	d.set(slack.InteractionTypeViewSubmission, slack.NewUpdateViewSubmissionResponse(&update))
	if err := o.Submit("U1", "", map[string]any{"naam": "x"}); err != nil || o.Modals("U1")[1].ID != top.ID || !strings.Contains(string(o.Modals("U1")[1].Title), "Vier") {
		t.Errorf("update: %v", err)
	}
	bad := slack.ModalViewRequest{Type: slack.VTModal, Title: text(repeated(25))}
	d.set(slack.InteractionTypeViewSubmission, slack.NewUpdateViewSubmissionResponse(&bad))
	if err := o.Submit("U1", "", nil); code(err) != "invalid_response" || len(o.Refusals()) != 1 {
		t.Errorf("a bad view in the acknowledgement: %v, refusals %v", err, o.Refusals())
	}
	d.set(slack.InteractionTypeViewSubmission, slack.NewClearViewSubmissionResponse())
	if err := o.Submit("U1", "", nil); err != nil || len(o.Modals("U1")) != 0 {
		t.Errorf("clear: %v", err)
	}
}

func TestPushDepthAndClose(t *testing.T) {
	o := newOffice(t)
	d := o.desk()
	withButton := func(title string) slack.ModalViewRequest {
		v := modalView(title, "naam")
		v.Blocks.BlockSet = append(v.Blocks.BlockSet, buttonBlocks("verder", "Verder")...)
		return v
	}
	trigger := o.trigger(d)
	if _, err := o.api.PushView(trigger, withButton("A")); code(err) != "not_found" {
		t.Errorf("push without a modal: %v", err)
	}
	if _, err := o.api.OpenView(o.trigger(d), withButton("A")); err != nil {
		t.Fatal(err)
	}
	for i := range 3 {
		if err := o.Press("U1", In(""), "Verder"); err != nil {
			t.Fatal(err)
		}
		got := d.got(slack.InteractionTypeBlockActions)
		if got.Container.Type != "view" || got.View.ID == "" || got.ResponseURL != "" {
			t.Errorf("action in a view %+v", got.Container)
		}
		_, err := o.api.PushView(got.TriggerID, withButton("B"))
		if want := map[bool]string{true: "push_limit_reached"}[i == 2]; code(err) != want {
			t.Errorf("push %d: %v", i, err)
		}
	}
	top := o.Modals("U1")[2].ID
	if err := o.CloseView("U1", "", false); err != nil || len(o.Modals("U1")) != 2 {
		t.Errorf("close: %v", err)
	}
	if got := d.got(slack.InteractionTypeViewClosed); got.View.ID != top || got.IsCleared {
		t.Errorf("view_closed %+v", got.View.ID)
	}
	if err := o.CloseView("U1", "", true); err != nil || len(o.Modals("U1")) != 0 {
		t.Errorf("close all: %v", err)
	}
	if got := d.got(slack.InteractionTypeViewClosed); !got.IsCleared {
		t.Error("is_cleared is false")
	}
}

func TestExternalID(t *testing.T) {
	o := newOffice(t)
	d := o.desk()
	v := modalView("Een", "naam")
	v.ExternalID = "klant-7"
	if _, err := o.api.OpenView(o.trigger(d), v); err != nil {
		t.Fatal(err)
	}
	if _, err := o.api.OpenView(o.trigger(d), v); code(err) != "duplicate_external_id" {
		t.Errorf("twice: %v", err)
	}
	if _, err := o.api.UpdateView(modalView("Twee", "naam"), "klant-7", "", ""); err != nil {
		t.Error(err)
	}
	if _, err := o.api.UpdateView(modalView("Twee", "naam"), "weg", "", ""); code(err) != "not_found" {
		t.Errorf("unknown external_id: %v", err)
	}
}

func TestSuggestions(t *testing.T) {
	o := newOffice(t)
	d := o.desk()
	if _, err := o.api.OpenView(o.trigger(d), modalView("Een", "naam")); err != nil {
		t.Fatal(err)
	}
	if _, err := o.Suggest("U1", In(""), "klant", "ja"); code(err) != "query_too_short" {
		t.Errorf("two letters: %v", err)
	}
	options := make([]*slack.OptionBlockObject, 101)
	for i := range options {
		options[i] = slack.NewOptionBlockObject("v", text("Jansen"), nil)
	}
	d.set(slack.InteractionTypeBlockSuggestion, slack.OptionsResponse{Options: options[:2]})
	got, err := o.Suggest("U1", In(""), "klant", "jan")
	if err != nil || len(got.Options) != 2 || got.Options[0].Text.Text != "Jansen" {
		t.Errorf("%+v %v", got, err)
	}
	if s := d.got(slack.InteractionTypeBlockSuggestion); s.Value != "jan" || s.ActionID != "klant" || s.BlockID != "klant" || s.View.ID == "" {
		t.Errorf("payload %+v", s)
	}
	d.set(slack.InteractionTypeBlockSuggestion, map[string]any{"options": []any{}})
	if got, err := o.Suggest("U1", In(""), "klant", "jan"); err != nil || len(got.Options) != 0 {
		t.Errorf("no options: %v", err)
	}
	d.set(slack.InteractionTypeBlockSuggestion, slack.OptionGroupsResponse{OptionGroups: []*slack.OptionGroupBlockObject{slack.NewOptionGroupBlockElement(text("Groep"), options[:3]...)}})
	if got, err := o.Suggest("U1", In(""), "klant", "jan"); err != nil || len(got.Groups) != 1 || len(got.Groups[0].Options) != 3 {
		t.Errorf("groups: %+v %v", got, err)
	}
	for name, bad := range map[string]any{"nothing": nil, "101 options": slack.OptionsResponse{Options: options}, "a word": "x"} {
		d.set(slack.InteractionTypeBlockSuggestion, bad)
		if _, err := o.Suggest("U1", In(""), "klant", "jan"); code(err) != "invalid_response" {
			t.Errorf("%s: %v", name, err)
		}
	}
	if err := o.Choose("U1", In(""), "klant", "Jansen BV=7"); err != nil {
		t.Error(err)
	}
	if a := d.got(slack.InteractionTypeBlockActions).ActionCallback.BlockActions[0]; a.SelectedOption.Value != "7" {
		t.Errorf("chosen %+v", a)
	}
}

func TestHome(t *testing.T) {
	o := newOffice(t)
	home := slack.HomeTabViewRequest{Type: slack.VTHomeTab, Blocks: slack.Blocks{BlockSet: buttonBlocks("ververs", "Ververs")}}
	v, err := o.api.PublishViewContext(t.Context(), slack.PublishViewContextRequest{UserID: "U1", View: home})
	if err != nil {
		t.Fatal(err)
	}
	if o.Home("U1") == nil || o.Home("U2") != nil {
		t.Error("Home belongs to one user")
	}
	old := "oud"
	if _, err := o.api.PublishViewContext(t.Context(), slack.PublishViewContextRequest{UserID: "U1", View: home, Hash: &old}); code(err) != "hash_conflict" {
		t.Errorf("old hash: %v", err)
	}
	d := o.desk()
	if err := o.Press("U1", In(""), "Ververs"); err != nil {
		t.Fatal(err)
	}
	got := d.got(slack.InteractionTypeBlockActions)
	if got.View.ID != v.ID || got.View.Type != slack.VTHomeTab {
		t.Errorf("action in Home %+v", got.View)
	}
	if _, err := o.api.OpenView(got.TriggerID, modalView("Een", "naam")); err != nil {
		t.Error(err)
	}
	off := newOffice(t, func(c *Config) {
		c.Manifest = []byte(strings.Replace(testManifest, `"home_tab_enabled": true`, `"home_tab_enabled": false`, 1))
	})
	if _, err := off.api.PublishViewContext(t.Context(), slack.PublishViewContextRequest{UserID: "U1", View: home}); code(err) != "not_enabled" {
		t.Errorf("Home is off: %v", err)
	}
}

func TestShortcuts(t *testing.T) {
	o := newOffice(t)
	d := o.desk()
	if err := o.Shortcut("U1", "zoek", Place{}); err != nil {
		t.Fatal(err)
	}
	if s := d.got(slack.InteractionTypeShortcut); s.CallbackID != "zoek" || s.TriggerID == "" {
		t.Errorf("shortcut %+v", s)
	}
	ts, _ := o.Say("U2", "C1", "belofte", "")
	if err := o.Shortcut("U1", "contact", On("C1", ts)); err != nil {
		t.Fatal(err)
	}
	m := d.got(slack.InteractionTypeMessageAction)
	if m.Message.Text != "belofte" || m.MessageTs != ts || m.Channel.ID != "C1" || m.ResponseURL == "" {
		t.Errorf("message_action %+v", m)
	}
	if err := o.Shortcut("U1", "contact", Place{}); code(err) != "unknown_shortcut" {
		t.Errorf("a message shortcut without message: %v", err)
	}
}

func TestMessageState(t *testing.T) {
	o := newOffice(t)
	d := o.desk()
	sel := slack.NewOptionsSelectBlockElement(slack.OptTypeStatic, text("Kies"), "keuze",
		slack.NewOptionBlockObject("a", text("Alfa"), nil), slack.NewOptionBlockObject("b", text("Bèta"), nil))
	blocks := []slack.Block{slack.NewActionBlock("rij", sel, slack.NewButtonBlockElement("ok", "v", text("OK")))}
	_, ts, err := o.api.PostMessage("C1", slack.MsgOptionText("t", false), slack.MsgOptionBlocks(blocks...))
	if err != nil {
		t.Fatal(err)
	}
	if err := o.Choose("U1", On("C1", ts), "keuze", "Gamma"); code(err) != "choice_not_found" {
		t.Errorf("unknown choice: %v", err)
	}
	if err := o.Choose("U1", On("C1", ts), "keuze", "Bèta"); err != nil {
		t.Fatal(err)
	}
	if err := o.Press("U2", On("C1", ts), "OK"); err != nil {
		t.Fatal(err)
	}
	got := d.got(slack.InteractionTypeBlockActions)
	if got.BlockActionState.Values["rij"]["keuze"].SelectedOption.Value != "b" || got.Message.Timestamp != ts || got.User.ID != "U2" || got.Container.IsEphemeral {
		t.Errorf("state %+v", got.BlockActionState)
	}
	if err := o.Press("U4", On("C1", ts), "OK"); code(err) != "channel_not_found" {
		t.Errorf("a stranger presses where he may not be: %v", err)
	}
}
