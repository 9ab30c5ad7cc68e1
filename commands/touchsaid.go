package commands

import (
	"context"
	"regexp"
	"strings"

	"klantbot/analysis"
	"klantbot/commands/locale"
	"klantbot/commands/view"
)

// saidTouch are the ways in which people say that they had contact, in Dutch and
// English; what follows is whom it was with.
var saidTouch = []struct {
	kind analysis.TouchKind
	said func() *regexp.Regexp
}{
	{analysis.Call, lazily(`(?i)^(?:(?:ik )?heb |ik )?(?:zojuist |net |vandaag )?(?:gebeld|getelefoneerd|gesproken|telefoongesprek|belde)(?: met| naar)? (.+?)(?: gebeld| gesproken)?[.!]?$`)},
	{analysis.Call, lazily(`(?i)^(?:i )?(?:have )?(?:just )?(?:called|phoned|spoken|spoke|call|talked)(?: with| to)? (.+?)[.!]?$`)},
	{analysis.Visit, lazily(`(?i)^(?:(?:ik )?ben |ik )?(?:zojuist |net |vandaag )?(?:langs geweest|langsgeweest|op bezoek geweest|bezoek|bezocht)(?: gebracht)?(?: met| bij| aan)? (.+?)[.!]?$`)},
	{analysis.Visit, lazily(`(?i)^(?:i )?(?:have )?(?:just )?(?:visited|met|visit)(?: with| to)? (.+?)[.!]?$`)},
	{analysis.Yearly, lazily(`(?i)^(?:(?:ik )?heb |ik )?(?:zojuist |net |vandaag )?(?:een |het )?jaargesprek(?: gehad| gevoerd)?(?: met| bij)? (.+?)(?: gehad| gevoerd)?[.!]?$`)},
	{analysis.Yearly, lazily(`(?i)^(?:i )?(?:have )?(?:just )?(?:had )?(?:a |the |my )?(?:yearly|annual) (?:talk|review|meeting) with (.+?)[.!]?$`)},
	{analysis.Mail, lazily(`(?i)^(?:(?:ik )?heb |ik )?(?:zojuist |net |vandaag )?(?:gemaild|een mail gestuurd)(?: met| naar| aan)? (.+?)[.!]?$`)},
	{analysis.Mail, lazily(`(?i)^(?:i )?(?:have )?(?:just )?(?:emailed|e-mailed|mailed) (.+?)[.!]?$`)},
}

// TouchSaid reads that somebody had contact, and with whom, out of what they
// said; false where it says nothing of the kind.
func TouchSaid(words string) (kind analysis.TouchKind, with string, ok bool) {
	words = clean(words)
	for _, way := range saidTouch {
		if found := way.said().FindStringSubmatch(words); found != nil {
			return way.kind, strings.TrimSpace(found[1]), true
		}
	}
	return "", "", false
}

// mostProposed is how many clients a mention proposes to log a moment with.
const mostProposed = 5

// saidTouch proposes the form for what somebody said; nothing is kept before
// they looked at it. It reports false where they said something else.
func (c Client) saidTouch(ctx context.Context, req Request) (Reply, bool, error) {
	kind, with, ok := TouchSaid(req.Text)
	if !ok || !analysis.Allow(req.Actor, analysis.LogTouches, analysis.Subject{}) {
		return Reply{}, false, nil
	}
	found, clear := c.Directory.Find(ctx, with, mostProposed)
	if clear {
		found = found[:1]
	}
	if len(found) == 0 {
		found = c.Directory.Nearest(ctx, with, mostNearest)
	}
	candidates, err := c.candidates(ctx, with, found)
	if err != nil {
		return Reply{}, true, err
	}
	proposal := view.TouchProposal{Kind: kind, Asked: with, Found: candidates, Value: func(client analysis.ClientID) string {
		return touchSpot{client: client, kind: kind, source: fromMention}.String()
	}}
	return Say(view.ProposeTouch(locale.New(req.Lang, req.Zone), proposal)), true, c.auditSearch(ctx, req)
}

// people and addresses as Slack writes them in a message.
var (
	slackPeople = lazily(`<[@!][^>|]*(?:\|([^>]*))?>`)
	slackLinks  = lazily(`<(?:#[^>|]*|[^>|]*)\|([^>]*)>`)
	slackBare   = lazily(`<((?:https?|mailto):[^>|]*)>`)
)

// readable is a message as people read it: addresses by their names, and
// colleagues, whom Slack names by a code only, as what they are.
func readable(p *locale.Printer, message string) string {
	message = slackPeople().ReplaceAllStringFunc(message, func(found string) string {
		if name := slackPeople().FindStringSubmatch(found)[1]; name != "" {
			return "@" + name
		}
		return "@" + p.T("touch.colleague", nil)
	})
	message = slackLinks().ReplaceAllString(message, "$1")
	message = slackBare().ReplaceAllString(message, "$1")
	return strings.NewReplacer("&lt;", "<", "&gt;", ">", "&amp;", "&").Replace(message)
}
