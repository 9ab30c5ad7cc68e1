package commands

import (
	"slices"
	"strconv"

	"klantbot/analysis"
	"klantbot/commands/view"
	"klantbot/storage"
)

// goodQuestions are as many questions as a preparation has.
const goodQuestions = 3

// questionsFor derives three questions from what is known of a client: one about
// what is behind what they said or did, one about what they are not yet aware of, and
// the best of what is left. Where the data says little, what is missing is the
// question: that it was never asked is a reason too.
func questionsFor(v view.Preparation) []view.GoodQuestion {
	behind, unaware := behindIt(v), notAware(v)
	var chosen []view.GoodQuestion
	take := func(from *[]view.GoodQuestion) {
		if len(*from) > 0 && len(chosen) < goodQuestions {
			chosen, *from = append(chosen, (*from)[0]), (*from)[1:]
		}
	}
	take(&behind)
	take(&unaware)
	for len(chosen) < goodQuestions && len(behind)+len(unaware) > 0 {
		take(&behind)
		take(&unaware)
	}
	return chosen
}

// Bounds of what is worth asking about: a change of revenue that people notice, and
// how long without contact is long.
const (
	noticedDrop   = -.10
	noticedGrowth = .15
	longSilence   = 120 // days
	longClient    = 10  // years
)

// behindIt are the questions about what is behind what they said and did, the most
// telling first.
func behindIt(v view.Preparation) (all []view.GoodQuestion) {
	add := func(key string, args analysis.Args) {
		all = append(all, view.GoodQuestion{Key: "good." + key, Args: args})
	}
	for _, f := range v.Feedback {
		if f.Tone == int(storage.Critical) {
			add("critical", analysis.Args{"words": f.Words, "day": f.Day})
			break
		}
	}
	if a := v.Approach; a != nil {
		for _, s := range a.Steps {
			if id, ok := s.Args["service"].(analysis.ServiceID); ok && s.Key == "step.stopped" {
				add("stopped", analysis.Args{"service": a.Names[id].Name})
			}
		}
	}
	if s := v.Sharpest; s.Theme != "" {
		add("sharpest", analysis.Args{"theme": s.Theme, "importance": s.Importance, "performance": s.Performance})
	}
	if v.Grew && v.Growth <= noticedDrop {
		add("less", analysis.Args{"before": v.Previous, "now": v.TTM})
	}
	if v.Rating != nil && !v.Rating.High {
		add("low", analysis.Args{"mean": v.Rating.Mean, "day": v.Rating.Day})
	}
	if v.Last != nil && v.AsOf-v.Last.Day > longSilence {
		add("silent", analysis.Args{"day": v.Last.Day, "days": int(v.AsOf - v.Last.Day)})
	}
	if v.Grew && v.Growth >= noticedGrowth {
		add("more", analysis.Args{"before": v.Previous, "now": v.TTM})
	}
	if v.Rating != nil && v.Rating.High {
		add("high", analysis.Args{"mean": v.Rating.Mean, "day": v.Rating.Day})
	}
	if v.Last == nil {
		add("never", nil)
	}
	if v.Rating == nil {
		add("unasked", nil)
	}
	return all
}

// stagesAsked are the stages of life that have a question of their own.
var stagesAsked = []string{"start", "groei", "volwassen", "opvolging", "afbouw"}

// notAware are the questions about what they are not yet aware of: what their stage
// of life brings, what similar clients have arranged, what changed unnoticed.
func notAware(v view.Preparation) (all []view.GoodQuestion) {
	add := func(key string, args analysis.Args) {
		all = append(all, view.GoodQuestion{Key: "good." + key, Args: args})
	}
	if stage := v.Client.Stage; slices.Contains(stagesAsked, stage) {
		add("stage."+stage, nil)
	}
	if a := v.Approach; a != nil && len(a.Potential.Whitespace) > 0 {
		best := a.Potential.Whitespace[0]
		for _, w := range a.Potential.Whitespace {
			if w.Share > best.Share {
				best = w
			}
		}
		add("unused", analysis.Args{"service": a.Names[best.Service].Name, "percent": int(best.Share)})
	}
	if len(v.Contacts) == 1 {
		add("alone", analysis.Args{"name": v.Contacts[0].Name})
	}
	if v.Since.Known() && (v.AsOf-v.Since)/365 >= longClient {
		add("long", analysis.Args{"year": strconv.Itoa(v.Since.Year())})
	}
	if len(v.Members) > 1 {
		add("group", analysis.Args{"n": len(v.Members)})
	}
	add("ahead", nil)
	return all
}
