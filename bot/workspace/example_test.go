package workspace_test

import (
	"context"
	"fmt"
	"net/http/httptest"

	"github.com/slack-go/slack"
	"github.com/slack-go/slack/socketmode"

	"klantbot/bot/workspace"
)

// A test lets an app connect, acts as a person and looks at what the person sees.
func Example() {
	ws, err := workspace.New(workspace.Config{
		Users:    []workspace.User{{ID: "U1", RealName: "Anna de Vries"}},
		Channels: []workspace.Channel{{ID: "C1", Name: "algemeen", Members: []string{"U1"}}},
		Manifest: []byte(`{"display_information":{"name":"Klantbot"},
			"features":{"slash_commands":[{"command":"/klant","description":"Toont een klant"}]},
			"oauth_config":{"scopes":{"bot":["commands","chat:write"]}},
			"settings":{"socket_mode_enabled":true,"interactivity":{"is_enabled":true}}}`),
	})
	if err != nil {
		panic(err)
	}
	web := httptest.NewServer(ws.Handler())
	defer web.Close()
	defer ws.Close()
	ws.SetBaseURL(web.URL)

	// The app under test: here a few lines of slack-go.
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	app := socketmode.New(slack.New(ws.BotToken(), slack.OptionAppLevelToken(ws.AppToken()), slack.OptionAPIURL(web.URL+"/api/")))
	go func() { _ = app.RunContext(ctx) }()
	go func() {
		for e := range app.Events {
			if c, ok := e.Data.(slack.SlashCommand); ok {
				_ = app.AckCtx(ctx, e.Request.EnvelopeID, map[string]string{"text": "Gevonden: " + c.Text})
			}
		}
	}()
	_ = ws.Wait(ctx, func() bool { return ws.Connections() == 1 })

	if err := ws.Command("U1", "C1", "/klant", "Jansen"); err != nil {
		panic(err)
	}
	for _, m := range ws.Messages("C1", "U1") {
		fmt.Println(m.Text, m.Ephemeral)
	}
	// Output: Gevonden: Jansen true
}
