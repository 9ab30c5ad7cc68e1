package commands

import (
	"slices"
	"strings"

	"klantbot/analysis"
	"klantbot/analysis/ask"
)

// uses says what of a question each answer makes something of. What else was said is
// told to be left out, so that nobody takes an answer for narrower than it is.
var uses = map[ask.Intent]string{
	ask.ClientRevenue: "period service", ask.ClientWhitespace: "service", ask.ClientSegment: "segment", ask.ClientTypeOf: "client_type",
	ask.ClientLastContact: "period", ask.ClientChanges: "period", ask.ClientSurvey: "period", ask.TouchLog: "period",
	ask.PortfolioList:      "manager segment client_type layer service limit",
	ask.PortfolioSummary:   "manager segment client_type layer service period",
	ask.PortfolioNoContact: "manager segment client_type layer service days period limit",
	ask.PortfolioTop:       "manager segment client_type layer service period limit",
	ask.PortfolioGrowth:    "manager segment client_type layer service period limit",
	ask.PortfolioDecline:   "manager segment client_type layer service period limit",
	ask.PyramidShow:        "manager layer limit", ask.PyramidMigration: "layer manager limit",
	ask.SegmentList:   "manager segment client_type layer service limit",
	ask.SegmentBorder: "manager segment client_type layer service limit", ask.SegmentCompare: "manager segment client_type layer service limit",
	ask.AttentionWeek: "manager segment period limit", ask.AttentionOverdue: "manager segment limit", ask.AttentionReport: "manager segment period",
	ask.SurveyReport: "manager segment period audience", ask.SurveyNPS: "manager segment period audience",
	ask.SurveyTheme: "manager segment period audience theme", ask.SurveyGap: "manager segment period theme audience",
	ask.SurveyAmbassadors: "manager segment period limit audience", ask.SurveyWinback: "manager segment period limit audience", ask.SurveyLeads: "manager segment period limit audience",
	ask.SessionStart: "session client manager segment client_type", ask.SessionStatus: "session", ask.SessionActions: "manager limit",
}

// unused is a line that says what was understood and is not in the answer; empty where
// everything is.
func (a *answering) unused() string {
	if a.Intent == ask.Help || a.Intent == ask.Unknown {
		return ""
	}
	used := strings.Fields(uses[a.Intent])
	if a.Intent == ask.PortfolioList && a.service.ID != 0 {
		used = append(used, "period")
	}
	var left []string
	for _, s := range a.said() {
		if !slices.Contains(used, s) {
			left = append(left, a.p.T("ask.left."+s, nil))
		}
	}
	if len(left) == 0 {
		return "\n"
	}
	return "\n" + a.p.T("ask.unused", analysis.Args{"slots": strings.Join(left, ", ")})
}

// said are the names of the slots that were said. A client of a question about one,
// and the kind of a session about a session, are what it is about.
func (a *answering) said() []string {
	s := a.Slots
	var said []string
	add := func(name string, is bool) {
		if is {
			said = append(said, name)
		}
	}
	add("client", s.Client != "" && !a.Intent.AboutClient())
	add("manager", s.Manager != "")
	add("segment", s.Segment != "")
	add("layer", s.Layer != "")
	add("client_type", s.ClientType != "")
	add("theme", s.Theme != "")
	add("audience", s.Audience != "")
	add("service", s.Service != "")
	add("days", s.Days > 0)
	add("limit", s.Limit > 0)
	add("period", s.Period.Known())
	add("session", s.Session != "")
	return said
}
