package commands

import "klantbot/commands/view"

// others are the buttons under the headline of a report that lead elsewhere: who
// is worth following up, and what colleagues may see of it. Each carries what its
// own registered action needs.
func (c SurveyScreens) others(req Request, report view.SurveyReport, spot view.SurveySpot) []view.SurveyButton {
	return nil
}
