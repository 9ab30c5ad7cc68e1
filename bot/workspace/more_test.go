package workspace

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/slack-go/slack"
)

// TestElementValues: each kind of element reports its value under Slack's key,
// as slack-go reads it.
func TestElementValues(t *testing.T) {
	o := newOffice(t)
	d := o.desk()
	opt := func(v string) *slack.OptionBlockObject {
		return slack.NewOptionBlockObject(v, text(strings.ToUpper(v)), nil)
	}
	in := func(id string, e slack.BlockElement) slack.Block {
		return slack.NewInputBlock(id, text(id), nil, e).WithOptional(true)
	}
	sel := func(kind, id string, o ...*slack.OptionBlockObject) slack.BlockElement {
		return slack.NewOptionsSelectBlockElement(kind, text("x"), id, o...)
	}
	enabled := true
	conv := slack.NewOptionsSelectBlockElement(slack.OptTypeConversations, text("x"), "gesprek")
	conv.ResponseURLEnabled = enabled
	view := slack.ModalViewRequest{Type: slack.VTModal, Title: text("Alles"), Submit: text("OK"), Blocks: slack.Blocks{BlockSet: []slack.Block{
		in("tekst", slack.NewPlainTextInputBlockElement(nil, "tekst")),
		in("keuze", sel(slack.OptTypeStatic, "keuze", opt("a"), opt("b"))),
		in("radio", slack.NewRadioButtonsBlockElement("radio", opt("a"), opt("b"))),
		in("vinkjes", slack.NewCheckboxGroupsBlockElement("vinkjes", opt("a"), opt("b"), opt("c"))),
		in("datum", slack.NewDatePickerBlockElement("datum")),
		in("tijd", slack.NewTimePickerBlockElement("tijd")),
		in("moment", slack.NewDateTimePickerBlockElement("moment")),
		in("wie", sel(slack.OptTypeUser, "wie")),
		in("gesprek", conv),
		in("rijk", slack.NewRichTextInputBlockElement(nil, "rijk")),
		in("getal", slack.NewNumberInputBlockElement(nil, "getal", true)),
		in("bijlage", slack.NewFileInputBlockElement("bijlage")),
		in("wieallen", slack.NewOptionsMultiSelectBlockElement(slack.MultiOptTypeUser, text("x"), "wieallen")),
	}}}
	if _, err := o.api.OpenView(o.trigger(d), view); err != nil {
		t.Fatal(err)
	}
	file, err := o.Upload("U1", "", "lijst.csv", []byte("a;b"))
	if err != nil {
		t.Fatal(err)
	}
	err = o.Submit("U1", "", map[string]any{"tekst": "Jansen", "keuze": "B", "radio": "a", "vinkjes": []string{"A", "c"}, "datum": "2026-11-21",
		"tijd": "09:30", "moment": 1795000000, "wie": "U2", "gesprek": "C1", "rijk": "vet", "getal": "1.5", "bijlage": []string{file, "F0"}, "wieallen": []string{"U1", "U2"}})
	if err != nil {
		t.Fatal(err)
	}
	got := d.got(slack.InteractionTypeViewSubmission)
	v := func(id string) slack.BlockAction { return got.View.State.Values[id][id] }
	for name, ok := range map[string]bool{
		"tekst": v("tekst").Value == "Jansen", "keuze": v("keuze").SelectedOption.Value == "b", "radio": v("radio").SelectedOption.Value == "a",
		"vinkjes": len(v("vinkjes").SelectedOptions) == 2 && v("vinkjes").SelectedOptions[1].Value == "c",
		"datum":   v("datum").SelectedDate == "2026-11-21", "tijd": v("tijd").SelectedTime == "09:30", "moment": v("moment").SelectedDateTime == 1795000000,
		"wie": v("wie").SelectedUser == "U2", "gesprek": v("gesprek").SelectedConversation == "C1", "getal": v("getal").Value == "1.5",
		"bijlage": len(v("bijlage").Files) == 1 && v("bijlage").Files[0].ID == file,
		"rijk":    len(v("rijk").RichTextValue.Elements) == 1, "wieallen": slices.Equal(v("wieallen").SelectedUsers, []string{"U1", "U2"}),
	} {
		if !ok {
			t.Errorf("%s: %+v", name, v(name))
		}
	}
	if len(got.ResponseURLs) != 1 || got.ResponseURLs[0].ChannelID != "C1" || got.ResponseURLs[0].BlockID != "gesprek" {
		t.Fatalf("response_urls %+v", got.ResponseURLs)
	}
	if err := slack.PostWebhook(got.ResponseURLs[0].ResponseURL, &slack.WebhookMessage{Text: "gedeeld", ResponseType: "in_channel"}); err != nil {
		t.Error(err)
	}
	if m := o.Messages("C1", "U2"); len(m) != 1 || m[0].Text != "gedeeld" {
		t.Errorf("messages %+v", m)
	}
}

func TestOverflowAndAttachments(t *testing.T) {
	o := newOffice(t)
	d := o.desk()
	over := slack.NewOverflowBlockElement("meer", slack.NewOptionBlockObject("weg", text("Verwijder"), nil))
	_, ts, err := o.api.PostMessage("C1", slack.MsgOptionText("t", false), slack.MsgOptionBlocks(slack.NewSectionBlock(text("x"), nil, slack.NewAccessory(over))),
		slack.MsgOptionAttachments(slack.Attachment{Color: "#123456", Blocks: slack.Blocks{BlockSet: []slack.Block{slack.NewDividerBlock()}}}))
	if err != nil {
		t.Fatal(err)
	}
	if err := o.Choose("U1", On("C1", ts), "meer", "Verwijder"); err != nil {
		t.Fatal(err)
	}
	if a := d.got(slack.InteractionTypeBlockActions).ActionCallback.BlockActions[0]; a.SelectedOption.Value != "weg" || a.Type != "overflow" {
		t.Errorf("action %+v", a)
	}
	_, _, err = o.api.PostMessage("C1", slack.MsgOptionAttachments(slack.Attachment{Blocks: slack.Blocks{BlockSet: []slack.Block{slack.NewHeaderBlock(text(repeated(151)))}}}))
	if code(err) != "invalid_blocks" {
		t.Errorf("a bad block in an attachment: %v", err)
	}
}

func TestGroupDMAndReading(t *testing.T) {
	o := newOffice(t)
	c, _, existed, err := o.api.OpenConversation(&slack.OpenConversationParameters{Users: []string{"U1", "U2"}, ReturnIM: true})
	if err != nil || existed || !c.IsMpIM {
		t.Fatalf("%+v %v", c, err)
	}
	again, _, existed, err := o.api.OpenConversation(&slack.OpenConversationParameters{Users: []string{"U2", "U1"}})
	if err != nil || !existed || again.ID != c.ID {
		t.Errorf("again %+v %v %v", again, existed, err)
	}
	if _, _, err := o.api.PostMessage(c.ID, slack.MsgOptionText("samen", false)); err != nil {
		t.Error(err)
	}
	if team, err := o.api.GetTeamInfo(); err != nil || team.ID != "T1" || team.Domain != "kantoor" {
		t.Error(team, err)
	}
	me, err := o.api.AuthTest()
	if err != nil || me.UserID != "UBOT" || me.TeamID != "T1" {
		t.Fatal(me, err)
	}
	if b, err := o.api.GetBotInfo(slack.GetBotInfoParameters{Bot: me.BotID}); err != nil || b.AppID != "A1" || b.UserID != "UBOT" {
		t.Error(b, err)
	}
	ts, _ := o.Say("U1", "C1", "mooi", "")
	if err := o.React("U2", "C1", ts, "tada"); err != nil {
		t.Fatal(err)
	}
	r, err := o.api.GetReactions(slack.NewRefToMessage("C1", ts), slack.GetReactionsParameters{})
	if err != nil || len(r.Reactions) != 1 || r.Reactions[0].Users[0] != "U2" {
		t.Errorf("%+v %v", r, err)
	}
	if err := o.Archive("C1", true); err != nil {
		t.Fatal(err)
	}
	if _, err := o.Say("U1", "C1", "x", ""); code(err) != "is_archived" {
		t.Errorf("in an archived channel: %v", err)
	}
	at := time.Date(2027, 1, 4, 9, 0, 0, 0, time.UTC)
	if got := o.JumpTo(at); got.Sub(at).Abs() > time.Second {
		t.Errorf("jumped to %v", got)
	}
	if f, err := o.Upload("U1", "C6", "a.csv", []byte("a")); err != nil || code(o.api.DeleteFile(f)) != "cant_delete_file" {
		t.Error("a person's file was deleted", err)
	}
}

// TestMessagesTab: without it in the manifest the bot can not write to anybody.
func TestMessagesTab(t *testing.T) {
	o := newOffice(t, func(c *Config) {
		c.Manifest = []byte(strings.Replace(testManifest, `"messages_tab_enabled": true`, `"messages_tab_enabled": false`, 1))
	})
	if _, _, err := o.api.PostMessage("U1", slack.MsgOptionText("x", false)); code(err) != "messages_tab_disabled" {
		t.Errorf("error %v", err)
	}
}

// TestInteractivityOff and other refusals of a person's acts.
func TestActRefusals(t *testing.T) {
	o := newOffice(t, func(c *Config) {
		c.Manifest = []byte(strings.Replace(testManifest, `"interactivity": {"is_enabled": true}`, `"interactivity": {"is_enabled": false}`, 1))
	})
	o.desk()
	_, ts, err := o.api.PostMessage("C1", slack.MsgOptionText("t", false), slack.MsgOptionBlocks(buttonBlocks("a", "Knop")...))
	if err != nil {
		t.Fatal(err)
	}
	_, err = o.DM("U5")
	for name, tc := range map[string]struct {
		err  error
		want string
	}{
		"interactivity is off":     {o.Press("U1", On("C1", ts), "Knop"), "interactivity_not_enabled"},
		"no such element":          {o.Press("U1", On("C1", ts), "Anders"), "element_not_found"},
		"no such message":          {o.Press("U1", On("C1", "1.000000"), "Knop"), "message_not_found"},
		"no modal":                 {o.Submit("U1", "", nil), "view_not_found"},
		"no modal to close":        {o.CloseView("U1", "V1", false), "view_not_found"},
		"unknown command":          {o.Command("U1", "C1", "/onbekend", ""), "unknown_command"},
		"deactivated user":         {o.Command("U5", "C1", "/klant", ""), "user_disabled"},
		"bot":                      {o.Command("UBOT", "C1", "/klant", ""), "user_disabled"},
		"channel out of sight":     {o.Command("U1", "C5", "/klant", ""), "channel_not_found"},
		"global shortcut when off": {o.Shortcut("U1", "zoek", Place{}), "unknown_shortcut"},
		"DM of the deactivated":    {err.(*apiError), "user_disabled"},
	} {
		got := code(tc.err)
		if got != tc.want {
			t.Errorf("%s: %q, want %q", name, got, tc.want)
		}
	}
}

// TestNew refuses what it can not play.
func TestNew(t *testing.T) {
	for name, change := range map[string]func(*Config){
		"no manifest":        func(c *Config) { c.Manifest = nil },
		"nameless app":       func(c *Config) { c.Manifest = []byte(`{}`) },
		"user without id":    func(c *Config) { c.Users = append(c.Users, User{Name: "x"}) },
		"channel without id": func(c *Config) { c.Channels = append(c.Channels, Channel{Name: "x"}) },
		"unknown member":     func(c *Config) { c.Channels = append(c.Channels, Channel{ID: "C9", Members: []string{"U9"}}) },
		"bad probability":    func(c *Config) { c.Faults.Duplicate = -1 },
	} {
		cfg := testConfig()
		change(&cfg)
		if ws, err := New(cfg); err == nil {
			_ = ws.Close()
			t.Errorf("%s was accepted", name)
		}
	}
}

// TestMetadataIsOpaque: what the app stored can be looked at, byte for byte.
func TestMetadataIsOpaque(t *testing.T) {
	o := newOffice(t)
	_, ts, err := o.api.PostMessage("C1", slack.MsgOptionText("x", false), slack.MsgOptionMetadata(slack.SlackMetadata{EventType: "e", EventPayload: map[string]any{"row": "1"}}))
	if err != nil {
		t.Fatal(err)
	}
	var m slack.SlackMetadata
	if err := json.Unmarshal(o.Metadata("C1", ts), &m); err != nil || m.EventPayload["row"] != "1" {
		t.Errorf("%+v %v", m, err)
	}
}

// TestClosedMessages: who closed their messages with the bot gets none, by their
// name or by the conversation, with the error that Slack gives; the others do,
// and so do they once they open them.
func TestClosedMessages(t *testing.T) {
	o := newOffice(t)
	channel, _, err := o.api.PostMessage("U1", slack.MsgOptionText("voor", false))
	if err != nil {
		t.Fatal(err)
	}
	u := *o.st.users["U1"]
	u.RefusesDM = "cannot_dm_bot"
	o.SetUser(u)
	for _, to := range []string{"U1", channel} {
		if _, _, err := o.api.PostMessage(to, slack.MsgOptionText("x", false)); code(err) != "cannot_dm_bot" {
			t.Errorf("%s: %v", to, err)
		}
	}
	if _, _, err := o.api.PostMessage("U2", slack.MsgOptionText("x", false)); err != nil {
		t.Error(err)
	}
	u.RefusesDM = ""
	o.SetUser(u)
	if _, _, err := o.api.PostMessage("U1", slack.MsgOptionText("na", false)); err != nil {
		t.Error(err)
	}
	if all := o.Messages(channel, "U1"); len(all) != 2 {
		t.Errorf("%d messages", len(all))
	}
}
