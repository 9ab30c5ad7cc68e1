package main

import (
	"fmt"

	"klantbot/analysis"
	"klantbot/bot/workspace"
	"klantbot/storage/sample"
)

// administrator is the first person of the local workspace, whom the page opens
// as.
const administrator analysis.UserID = "U01"

// cast are the people of the local workspace: the sample office's managers, an
// English colleague, and everybody who must not get an answer.
func cast(size sample.Size) []workspace.User {
	var users []workspace.User
	for i, m := range sample.Managers(size) {
		title := "Relatiemanager"
		if m.Partner {
			title = "Vennoot"
		}
		users = append(users, workspace.User{ID: fmt.Sprintf("U%02d", i+1), RealName: m.Name, Email: m.Email,
			Title: title, IsAdmin: i == 0})
	}
	return append(users,
		workspace.User{ID: "U0ENGLISH", RealName: "Emma Clarke", Email: "e.clarke@voorbeeld.nl", Title: "Assistant (English)", Locale: "en-GB", TZ: "Europe/London"},
		workspace.User{ID: "U0GAST", RealName: "Gijs Gast", Email: "gijs@elders.example", Title: "Gast van één kanaal", IsRestricted: true, IsUltraRestricted: true},
		workspace.User{ID: "U0BUITEN", RealName: "Sanne Buiten", Title: "Van een ander bedrijf", IsStranger: true, TeamID: "T0ELDERS"},
		workspace.User{ID: "U0WEG", RealName: "Wim Weg", Email: "w.weg@voorbeeld.nl", Title: "Uit dienst", Deleted: true})
}

// conversations are the channels of the local workspace.
func conversations(size sample.Size) []workspace.Channel {
	var members []string
	for _, u := range cast(size) {
		if !u.IsStranger && !u.IsRestricted && !u.Deleted {
			members = append(members, u.ID)
		}
	}
	withBot := append(append([]string{}, members...), botUser)
	return []workspace.Channel{
		{ID: "C01KANTOOR", Name: "kantoor", Kind: workspace.KindChannel, Topic: "Voor iedereen op kantoor", Members: append(append([]string{}, withBot...), "U0GAST")},
		{ID: "C02KLANTEN", Name: "klanten", Kind: workspace.KindChannel, Topic: "Overleg over klanten", Members: withBot},
		{ID: "C03VENNOTEN", Name: "vennoten", Kind: workspace.KindPrivate, Topic: "Alleen vennoten; de bot is hier nog niet uitgenodigd", Members: members[:min(4, len(members))]},
		{ID: "C04SAMEN", Name: "samen-met-bank", Kind: workspace.KindChannel, Topic: "Gedeeld met buiten", IsExtShared: true, Members: append(append([]string{}, withBot...), "U0BUITEN")},
	}
}

// botUser is the bot's own account in the local workspace.
const botUser = "UKLANTBOT"
