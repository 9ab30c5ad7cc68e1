package commands

import (
	"fmt"

	"klantbot/analysis"
	"klantbot/commands/locale"
	"klantbot/commands/view"
	"klantbot/storage"
)

// others are the buttons under the headline of a report that lead elsewhere: who
// is worth following up, and what colleagues may see of it. Each carries what its
// own registered action needs.
func (c SurveyScreens) others(req Request, report view.SurveyReport, spot view.SurveySpot) []view.SurveyButton {
	if spot.Part != view.SurveyHead || !spot.Cut.Whole() {
		return nil
	}
	wave := report.Leading().Wave
	var buttons []view.SurveyButton
	list, ok := map[analysis.Audience]storage.FollowUpKind{analysis.AskedClients: storage.Ambassador, analysis.AskedFormer: storage.Winback,
		analysis.AskedProspects: storage.Lead}[wave.Audience]
	if ok && !wave.Guarded() {
		buttons = append(buttons, followButton(locale.New(req.Lang, req.Zone), list, 1))
	}
	if shareable(req.Channel) && wave.Responses > 0 {
		buttons = append(buttons, view.SurveyButton{Label: locale.New(req.Lang, req.Zone).T("quotes.button", nil), Action: "quotes.open.v1", Value: spot.String()})
	}
	return buttons
}

// lists are the buttons under the list of surveys: who is worth following up.
func (c SurveyScreens) lists(req Request) []view.SurveyButton {
	p := locale.New(req.Lang, req.Zone)
	var buttons []view.SurveyButton
	for i, kind := range followKinds {
		buttons = append(buttons, followButton(p, kind, i+1))
	}
	return buttons
}

// followButton opens a list; n tells it from others of its kind beside it.
func followButton(p *locale.Printer, kind storage.FollowUpKind, n int) view.SurveyButton {
	return view.SurveyButton{Label: view.FollowTitle(p, string(kind)), Action: fmt.Sprintf("follow.open.v1#%d", n), Value: followSpot{kind: kind}.String()}
}
