package view

import (
	"slices"
	"strings"

	"github.com/slack-go/slack"

	"klantbot/analysis"
	"klantbot/commands/locale"
)

// Blocks of the forms of who may what.
const (
	FieldSees   = "sees"
	FieldMember = "member"
	FieldRoles  = "roles"
	FieldNames  = "names"
)

// accessListed is how many lines of a list the window of who may what has.
const accessListed = 20

// AccessWindow is who may see and do what.
type AccessWindow struct {
	Outcome    Outcome
	Sees       analysis.Visibility
	Row        SettingRow // of Sees
	Members    []AccessMember
	Restricted []AccessRestricted
}

// AccessMember is somebody with roles that were given by hand.
type AccessMember struct {
	User  analysis.UserID
	Roles analysis.RoleSet
}

// AccessRestricted is a relatiegroep that only people may see. It is named by its
// number: who runs the bot need not know who it is.
type AccessRestricted struct {
	Number string
	Value  string // of its button
	People []analysis.UserID
}

// Access is the window in which an administrator decides who may see and do what.
func Access(p *locale.Printer, w AccessWindow) Modal {
	m := Modal{Title: cut(p.T("access.title", nil), maxTitle), Close: p.T("word.close", nil)}
	m.Blocks = append(m.Blocks, outcome(p, w.Outcome, "")...)
	m.Blocks = append(m.Blocks, header(p.T("access.sees", nil)), section(p.T("access.sees_"+seesKeys[w.Sees], nil)))
	m.Blocks = append(m.Blocks, changedBy(p, w.Row)...)
	m.Blocks = append(m.Blocks, slack.NewActionBlock("", button(p.T("access.change", nil), "access.form.v1", "sees")),
		header(p.T("access.roles", nil)), section(p.T("access.roles_how", nil)))
	for _, one := range w.Members[:min(len(w.Members), accessListed)] {
		m.Blocks = append(m.Blocks, slack.NewContextBlock("", mark("<@"+string(one.User)+"> — "+escape(RoleWords(p, one.Roles)))))
	}
	if more := len(w.Members) - accessListed; more > 0 {
		m.Blocks = append(m.Blocks, context(p.N("access.more", more, nil)))
	}
	m.Blocks = append(m.Blocks, slack.NewActionBlock("", button(p.T("access.roles_change", nil), "access.form.v1", "roles")),
		header(p.T("access.restricted", nil)), section(p.T("access.restricted_how", nil)))
	for _, one := range w.Restricted[:min(len(w.Restricted), accessListed)] {
		line := p.T("access.restricted_line", analysis.Args{"number": one.Number, "people": mentioned(one.People)})
		m.Blocks = append(m.Blocks, slack.NewSectionBlock(mark(line), nil, slack.NewAccessory(button(p.T("access.change", nil), "access.form.v1", one.Value))))
	}
	if more := len(w.Restricted) - accessListed; more > 0 {
		m.Blocks = append(m.Blocks, context(p.N("access.more", more, nil)))
	}
	m.Blocks = append(m.Blocks, slack.NewActionBlock("", button(p.T("access.restrict", nil), "access.form.v1", "restrict")))
	return m
}

var seesKeys = map[analysis.Visibility]string{analysis.SeesAll: "all", analysis.SeesOwn: "own", analysis.SeesSegments: "segments"}

// RoleWords names roles as people do.
func RoleWords(p *locale.Printer, roles analysis.RoleSet) string {
	var words []string
	for _, role := range analysis.Roles() {
		if roles.Has(role) {
			words = append(words, p.T("access.role_"+string(role), nil))
		}
	}
	return strings.Join(words, ", ")
}

func mentioned(people []analysis.UserID) string {
	shown := people[:min(len(people), accessListed)]
	words := make([]string, len(shown))
	for i, u := range shown {
		words[i] = "<@" + string(u) + ">"
	}
	return strings.Join(words, " ")
}

// AccessSees asks whose amounts and notes colleagues see.
func AccessSees(p *locale.Printer, now analysis.Visibility, private string) Modal {
	pick := slack.NewRadioButtonsBlockElement("sees")
	for _, v := range analysis.Visibilities() {
		o := slack.NewOptionBlockObject(seesKeys[v], plain(p.T("access.sees_short_"+seesKeys[v], nil), maxOption), plain(p.T("access.sees_note_"+seesKeys[v], nil), maxOption))
		pick.Options = append(pick.Options, o)
		if v == now {
			pick.InitialOption = o
		}
	}
	return accessForm(p, "access.sees.v1", private,
		slack.NewInputBlock(FieldSees, plain(p.T("access.sees", nil), maxHeader), plain(p.T("access.sees_hint", nil), maxHeader), pick))
}

// SeesOf is the choice that a form's option stands for.
func SeesOf(option string) (analysis.Visibility, bool) {
	for v, key := range seesKeys {
		if key == option {
			return v, true
		}
	}
	return analysis.SeesSegments, false
}

// AccessRoles asks which roles somebody has.
func AccessRoles(p *locale.Printer) Modal {
	who := slack.NewOptionsSelectBlockElement(slack.OptTypeUser, plain(p.T("access.who", nil), maxPlaceholder), "member")
	pick := slack.NewOptionsMultiSelectBlockElement(slack.MultiOptTypeStatic, plain(p.T("access.roles_pick", nil), maxPlaceholder), "roles")
	for _, role := range analysis.Roles() {
		if role != analysis.Operator {
			pick.Options = append(pick.Options, slack.NewOptionBlockObject(string(role), plain(p.T("access.role_"+string(role), nil), maxOption), nil))
		}
	}
	roles := slack.NewInputBlock(FieldRoles, plain(p.T("access.roles", nil), maxHeader), plain(p.T("access.roles_hint", nil), maxHeader), pick)
	roles.Optional = true
	return accessForm(p, "access.roles.v1", "-", slack.NewInputBlock(FieldMember, plain(p.T("access.who", nil), maxHeader), nil, who), roles)
}

// AccessClient asks which client is to be restricted.
func AccessClient(p *locale.Printer) Modal {
	pick := slack.NewOptionsSelectBlockElement(slack.OptTypeExternal, plain(p.T("access.client_pick", nil), maxPlaceholder), "access.client.v1")
	least := 2
	pick.MinQueryLength = &least
	return Modal{Title: cut(p.T("access.title", nil), maxTitle), Close: p.T("word.close", nil),
		Blocks: []slack.Block{header(p.T("access.client", nil)), section(p.T("access.client_how", nil)), slack.NewActionBlock("", pick)}}
}

// AccessRestrict asks who may see the relatiegroep with number.
func AccessRestrict(p *locale.Printer, number string, people []analysis.UserID, private string) Modal {
	names := slack.NewOptionsMultiSelectBlockElement(slack.MultiOptTypeUser, plain(p.T("access.who", nil), maxPlaceholder), "names")
	for _, u := range people {
		names.InitialUsers = append(names.InitialUsers, string(u))
	}
	slices.Sort(names.InitialUsers)
	who := slack.NewInputBlock(FieldNames, plain(p.T("access.names", nil), maxHeader), plain(p.T("access.names_hint", nil), maxHeader), names)
	who.Optional = true
	return accessForm(p, "access.restrict.v1", private, section(p.T("access.restrict_one", analysis.Args{"number": number})), who)
}

func accessForm(p *locale.Printer, callback, private string, blocks ...slack.Block) Modal {
	return Modal{Title: cut(p.T("access.title", nil), maxTitle), Submit: p.T("word.save", nil), Close: p.T("word.close", nil), Callback: callback, Private: private, Blocks: blocks}
}
