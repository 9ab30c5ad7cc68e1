package commands

import (
	"context"
	"strings"
	"time"

	"klantbot/analysis"
	"klantbot/commands/locale"
	"klantbot/storage"
)

// Needs are what the use-cases stand on. cmd fills them in once.
type Needs struct {
	Clients   storage.Clients
	Revenue   storage.Revenue
	Managers  storage.Managers
	Proposals storage.Proposals
	Portfolio storage.Portfolio
	Segments  storage.Segments
	Roster    storage.Roster
	Writer    storage.Writer
	Directory *Directory
	Now       func() time.Time // wall time
}

// New returns the Registry of everything the bot can do.
func New(n Needs) *Registry {
	cards := Cards{Clients: n.Clients, Revenue: n.Revenue, Managers: n.Managers, Segments: n.Segments}
	client := Client{Directory: n.Directory, Cards: cards, Store: n.Writer}
	share := Share{Cards: cards, Store: n.Writer, Now: n.Now}
	groups := Groups{Proposals: n.Proposals, Store: n.Writer}
	pyramid := Pyramid{Portfolio: n.Portfolio, Segments: n.Segments, Managers: n.Managers, Store: n.Writer, Now: n.Now}
	portfolio := Portfolio{Portfolio: n.Portfolio, Segments: n.Segments, Managers: n.Managers, Roster: n.Roster, Store: n.Writer}
	r := &Registry{
		Letters: map[string]Letter{cardLetter: share.Letter, pyramidLetter: pyramid.Letter},
		Events: map[string]string{
			"app_mention":       "app_mentions:read",
			"message.im":        "im:history",
			"user_change":       "users:read",
			"channel_shared":    "channels:read",
			"channel_unshared":  "channels:read",
			"channel_archive":   "channels:read",
			"channel_unarchive": "channels:read",
			"app_uninstalled":   "",
			"tokens_revoked":    "",
		},
	}
	help := Help{Entries: func() []Entry { return r.Entries }}
	r.Entries = []Entry{
		{ID: "client", On: Slash, Names: names("/klant", "/client"), Permission: analysis.FindClients,
			Scopes: []string{"commands"}, Run: client.Show},
		{ID: "client.said", On: Mention, Version: 1, Permission: analysis.FindClients, Run: client.Said},
		{ID: "client.open", On: Action, Version: 1, Permission: analysis.ViewClient, Run: client.Open},
		{ID: "client.pick", On: Action, Version: 1, Permission: analysis.ViewClient, Run: client.Open},
		{ID: "client.pick", On: Suggestion, Version: 1, Permission: analysis.FindClients, Run: client.Suggest},
		{ID: "client.find", On: Shortcut, Version: 1, Names: names("Zoek klant", "Find client"),
			Permission: analysis.FindClients, Scopes: []string{"commands"}, Loading: true, Run: client.Find},
		{ID: "client.share", On: Action, Version: 1, Permission: analysis.ShareClient, Run: share.Ask},
		{ID: "client.post", On: Action, Version: 1, Permission: analysis.ShareClient,
			Scopes: []string{"chat:write", "channels:history", "groups:history"}, Run: share.Post},
		{ID: "pyramid", On: Slash, Names: names("/piramide", "/pyramid"), Permission: analysis.ViewOffice,
			Scopes: []string{"commands"}, Run: pyramid.Show},
		{ID: "pyramid.send", On: Action, Version: 1, Permission: analysis.ViewOffice,
			Scopes: []string{"chat:write", "files:read", "files:write", "im:history"}, Run: pyramid.Send},
		{ID: "pyramid.share", On: Action, Version: 1, Permission: analysis.ViewOffice,
			Scopes: []string{"chat:write", "files:read", "files:write"}, Run: pyramid.Share},
		{ID: "portfolio", On: Slash, Names: names("/portefeuille", "/portfolio"), Permission: analysis.ViewOffice,
			Scopes: []string{"commands"}, Run: portfolio.Show},
		{ID: "portfolio.page", On: Action, Version: 1, Permission: analysis.ViewOffice, Run: portfolio.Page},
		{ID: "klantbot", On: Slash, Names: names("/klantbot", "/klantbot"), Permission: analysis.UseHelp,
			Scopes: []string{"commands"}, Run: klantbot(help, groups)},
		{ID: "group.page", On: Action, Version: 1, Permission: analysis.FindClients, Run: groups.List},
		{ID: "group.merge", On: Action, Version: 1, Permission: analysis.FindClients, Run: groups.Merge},
		{ID: "group.dismiss", On: Action, Version: 1, Permission: analysis.FindClients, Run: groups.Dismiss},
		{ID: "group.undo", On: Action, Version: 1, Permission: analysis.FindClients, Run: groups.Undo},
	}
	return r
}

// klantbot routes the words after /klantbot.
func klantbot(help Help, groups Groups) UseCase {
	return func(ctx context.Context, req Request) (Reply, error) {
		switch strings.ToLower(clean(req.Text)) {
		case "relatiegroepen", "groepen", "groups":
			return groups.List(ctx, req)
		}
		return help.Show(ctx, req)
	}
}

func names(dutch, english string) map[locale.Lang]string {
	return map[locale.Lang]string{locale.Dutch: dutch, locale.English: english}
}
