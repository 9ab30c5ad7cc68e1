package main

import (
	"errors"
	"math"
	"strings"

	"go.yaml.in/yaml/v3"

	"klantbot/analysis"
	"klantbot/analysis/attention"
)

// The types below are the attention plan in a file of settings.
type (
	planFile struct {
		Lines         []lineFile     `yaml:"lines" json:"lines"`
		Capacity      int            `yaml:"capacity" json:"capacity"`                         // moments a week
		Capacities    map[string]int `yaml:"capacities,omitempty" json:"capacities,omitempty"` // of who differs, by e-mail
		Shares        quotaFile      `yaml:"shares" json:"shares"`                             // percentages of a week
		WorkingWeeks  int            `yaml:"working_weeks" json:"working_weeks"`
		Busy          []busyFile     `yaml:"busy" json:"busy"`
		Shown         int            `yaml:"shown" json:"shown"`
		PartnerDigest bool           `yaml:"partner_digest" json:"partner_digest"`
		PerPerson     bool           `yaml:"per_person" json:"per_person"`
	}
	lineFile struct {
		Segment  string `yaml:"segment" json:"segment"`
		Activity string `yaml:"activity" json:"activity"`
		Kind     string `yaml:"kind" json:"kind"`
		Touch    string `yaml:"touch" json:"touch"`
		Times    int    `yaml:"times" json:"times"`
		Role     string `yaml:"role" json:"role"`
		Minutes  int    `yaml:"minutes" json:"minutes"`
	}
	busyFile struct {
		Name string  `yaml:"name" json:"name"`
		From int     `yaml:"from" json:"from"`
		To   int     `yaml:"to" json:"to"`
		Left float64 `yaml:"left" json:"left"` // percentage
	}
)

// toPlanFile is plan with the capacities of people by their e-mail.
func toPlanFile(plan attention.Plan, people map[string]int) *planFile {
	share := func(s analysis.Segment) float64 { return hundredths(plan.Shares[s]) }
	f := planFile{Capacity: plan.Capacity, Capacities: people, WorkingWeeks: plan.WorkingWeeks, Shown: plan.Shown, PartnerDigest: plan.PartnerDigest,
		PerPerson: plan.PerPerson, Shares: quotaFile{share(analysis.SegmentA), share(analysis.SegmentB), share(analysis.SegmentC), share(analysis.SegmentD)},
		Lines: []lineFile{}, Busy: []busyFile{}}
	for _, l := range plan.Lines {
		f.Lines = append(f.Lines, lineFile{string(l.Segment), l.Activity, string(l.Kind), string(l.Touch), l.Times, string(l.Role), l.Minutes})
	}
	for _, b := range plan.Busy {
		f.Busy = append(f.Busy, busyFile{b.Name, b.From, b.To, hundredths(b.Left)})
	}
	return &f
}

// hundredths is a fraction as a percentage, without what binary fractions add.
func hundredths(v float64) float64 { return math.Round(v*1e6) / 1e4 }

// parsePlan reads the attention plan of a file of settings; false where it has
// none. What the section leaves out is the default. Errors are analysis.Invalid.
func parsePlan(text []byte) (attention.Plan, map[string]int, bool, error) {
	plan, people, found := attention.Default(analysis.NoDay), map[string]int{}, false
	root, err := yamlRoot(text)
	if err != nil {
		return plan, people, false, err
	}
	r := &configReader{}
	r.block(root, "", nil, func(key string, n *yaml.Node) {
		if key == "attention" {
			found = true
			r.plan(n, &plan, people)
			r.check(n, plan.Check())
		}
	})
	return plan, people, found, r.err
}

// plan reads the section into p, which holds the defaults.
func (r *configReader) plan(n *yaml.Node, p *attention.Plan, people map[string]int) {
	known := []string{"lines", "capacity", "capacities", "shares", "working_weeks", "busy", "shown", "partner_digest", "per_person"}
	r.block(n, "attention", known, func(key string, v *yaml.Node) {
		switch key {
		case "lines":
			p.Lines = nil
			for _, line := range r.list(v, key) {
				p.Lines = append(p.Lines, r.line(line))
			}
		case "capacity":
			p.Capacity = r.count(v, key)
		case "capacities":
			r.block(v, key, nil, func(email string, c *yaml.Node) { people[strings.ToLower(email)] = r.count(c, email) })
			p.Capacities = map[analysis.ManagerID]int{}
			for _, c := range people { // checked as they are; who they are is looked up later
				p.Capacities[analysis.ManagerID(len(p.Capacities)+1)] = c
			}
		case "shares":
			p.Shares = map[analysis.Segment]float64{}
			r.block(v, key, []string{"A", "B", "C", "D"}, func(s string, c *yaml.Node) { p.Shares[analysis.Segment(s)] = r.number(c, s) / 100 })
		case "working_weeks":
			p.WorkingWeeks = r.count(v, key)
		case "busy":
			p.Busy = nil
			for _, b := range r.list(v, key) {
				p.Busy = append(p.Busy, r.busy(b))
			}
		case "shown":
			p.Shown = r.count(v, key)
		case "partner_digest":
			p.PartnerDigest = r.choice(v, key, "true", "false") == "true"
		case "per_person":
			p.PerPerson = r.choice(v, key, "true", "false") == "true"
		}
	})
}

// count reads a whole number of people's size.
func (r *configReader) count(n *yaml.Node, key string) int {
	v := r.whole(n, key)
	return int(max(-math.MaxInt32, min(v, math.MaxInt32)))
}

func (r *configReader) line(n *yaml.Node) attention.Line {
	var l attention.Line
	r.block(n, "line", []string{"segment", "activity", "kind", "touch", "times", "role", "minutes"}, func(key string, v *yaml.Node) {
		switch key {
		case "segment":
			l.Segment = analysis.Segment(r.text(v, key))
		case "activity":
			l.Activity = r.text(v, key)
		case "kind":
			l.Kind = attention.LineKind(r.choice(v, key, string(attention.Periodic), string(attention.Event), string(attention.Collective)))
		case "touch":
			l.Touch = analysis.TouchKind(r.text(v, key))
		case "times":
			l.Times = r.count(v, key)
		case "role":
			l.Role = attention.Role(r.choice(v, key, string(attention.ByManager), string(attention.ByPartner)))
		case "minutes":
			l.Minutes = r.count(v, key)
		}
	})
	var why *analysis.Error
	one := attention.Default(analysis.NoDay)
	if one.Lines = []attention.Line{l}; r.err == nil && errors.As(one.Check(), &why) {
		r.check(n, why) // at its own line of the file
	}
	return l
}

func (r *configReader) busy(n *yaml.Node) attention.Busy {
	var b attention.Busy
	r.block(n, "busy", []string{"name", "from", "to", "left"}, func(key string, v *yaml.Node) {
		switch key {
		case "name":
			b.Name = r.text(v, key)
		case "from":
			b.From = r.count(v, key)
		case "to":
			b.To = r.count(v, key)
		case "left":
			b.Left = r.number(v, key) / 100
		}
	})
	return b
}
