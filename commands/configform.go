package commands

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"klantbot/analysis"
	"klantbot/analysis/value"
	"klantbot/commands/locale"
	"klantbot/commands/view"
)

// The forms of the settings, and what is confirmed without a form.
const (
	formWeights   = "weights"
	formCriterion = "criterion"
	formAdd       = "add"
	formQuota     = "quota"
	formBorders   = "borders"
	formPotential = "potential"
	formLoyalty   = "loyalty"
	formStrategy  = "strategy"

	doRemove = "remove" // a criterion
	doReset  = "reset"  // back to the default
	doUndo   = "undo"   // back to the version before
)

// editing is a form while it is read.
type editing struct {
	place
	p      *locale.Printer
	fields map[string]string
	office value.Settings    // with the edit, once it was read
	wrong  map[string]string // sentences by field
}

// edit reads the form at p into office, which it changes. Where fields are
// wrong they say so. It is an error where the form has nothing to be about.
func edit(p *locale.Printer, at place, fields map[string]string, office value.Settings) (editing, error) {
	e := editing{place: at, p: p, fields: map[string]string{}, office: office.Clone(), wrong: map[string]string{}}
	for block, typed := range fields {
		e.fields[view.FieldOf(block)] = typed
	}
	kind, ofKind := at.kind()
	switch {
	case ofKind && at.form == formWeights:
		e.weights(kind)
	case ofKind && (at.form == formCriterion || at.form == formAdd):
		if err := e.criterion(kind); err != nil {
			return e, err
		}
	case at.key == rulesKey && at.form == formQuota:
		e.quota()
	case at.key == rulesKey && at.form == formBorders:
		e.borders()
	case at.key == potentialKey && at.form == formPotential:
		e.potential()
	case at.key == loyaltyKey && at.form == formLoyalty:
		e.loyalty()
	case strings.HasPrefix(at.key, strategyPrefix) && at.form == formStrategy:
		e.strategy(analysis.ClientType(strings.TrimPrefix(at.key, strategyPrefix)))
	default:
		return e, outdated()
	}
	e.office = ownSettings(e.office)
	return e, nil
}

// atBlocks are the sentences of e by the blocks of the form.
func (e *editing) atBlocks() map[string]string {
	wrong := make(map[string]string, len(e.wrong))
	for field, said := range e.wrong {
		wrong[view.FieldBlock(field, e.tag())] = said
	}
	return wrong
}

// tag tells the fields of this form from those of every other.
func (p place) tag() string {
	p.seen = ""
	return digest([]byte(p.String()))
}

// refuse notes what is wrong with a field; the first thing counts.
func (e *editing) refuse(field, key string, args analysis.Args) {
	if e.wrong[field] == "" {
		e.wrong[field] = e.p.T(key, args)
	}
}

// number reads a field; false where it is no number, which it then says.
func (e *editing) number(field string) (float64, bool) {
	v, ok := typedNumber(e.fields[field])
	if !ok {
		e.refuse(field, "value.not_number", nil)
	}
	return v, ok
}

func (e *editing) weights(kind string) {
	set := e.office.Set(kind)
	for i := range set {
		if v, ok := e.number(view.FieldWeight(i)); ok {
			set[i].Weight = v
			e.checkWeight(view.FieldWeight(i), set[i])
		}
	}
	e.keep(kind, set, func(string, int) string { return view.FieldWeight(0) })
}

// checkWeight says at field what is wrong with the weight of c.
func (e *editing) checkWeight(field string, c value.Criterion) {
	args := analysis.Args{"criterion": view.CriterionName(e.p, c), "most": value.MostWeight}
	switch {
	case c.Weight < 0:
		e.refuse(field, "value.weight_negative", args)
	case c.Weight > value.MostWeight:
		e.refuse(field, "value.weight_large", args)
	}
}

// keep takes set for kind where it may be; else it says so at the field that
// says which of it is wrong.
func (e *editing) keep(kind string, set []value.Criterion, field func(key string, n int) string) {
	if len(e.wrong) > 0 {
		return
	}
	var why *analysis.Error
	if errors.As(value.CheckEdited(set), &why) {
		n, _ := why.Args["n"].(int)
		e.refuse(field(why.Key, n), why.Key, why.Args)
		return
	}
	e.office.Criteria[kind] = set
}

// criterion reads the form of one criterion, which is there or is added.
func (e *editing) criterion(kind string) error {
	set := e.office.Set(kind)
	at := slices.IndexFunc(set, func(c value.Criterion) bool { return c.Key == e.item })
	if e.form == formAdd {
		set, at = append(set, value.Criterion{}), len(set)
	}
	if at < 0 {
		return outdated()
	}
	c := &set[at]
	c.Name = tidy(e.fields[view.FieldName])
	if v, ok := e.number(view.FieldOneWeight); ok {
		c.Weight = v
		e.checkWeight(view.FieldOneWeight, *c)
	}
	if err := e.source(c, set[:at]); err != nil {
		return err
	}
	c.Meanings = nil
	if c.Scale == value.Marks {
		e.meanings(c)
	}
	ownWords(c)
	e.keep(kind, set, func(key string, n int) string {
		switch {
		case n > 0 && n != at+1: // another one, from before there were rules
			return view.FieldName
		case key == "value.weights_zero":
			return view.FieldOneWeight
		case key == "value.criterion_scale" || key == "value.criterion_reserved":
			return view.FieldSource
		case key == "value.marks_undescribed" || key == "value.meaning_long":
			return view.FieldMeaning(0)
		}
		return view.FieldName
	})
	return nil
}

// source reads where the values of c come from, and gives it a key when it is
// new.
func (e *editing) source(c *value.Criterion, others []value.Criterion) error {
	from, scale, _ := strings.Cut(e.fields[view.FieldSource], "/")
	offered := slices.Contains(view.Sources(*c, others), e.fields[view.FieldSource])
	if !offered {
		e.refuse(view.FieldSource, "setting.choose_source", nil)
		return nil
	}
	if c.Source != value.Source(from) {
		// Only the margin is left out by offices that do not keep it.
		c.Optional = value.Source(from) == value.FromMargin
	}
	c.Source, c.Scale = value.Source(from), value.Scale(scale)
	if e.form != formAdd {
		return nil
	}
	c.Key = newKey(c.Name, others)
	if c.Source != value.Judged && c.Source != value.Imported {
		c.Key = from
	}
	if c.Name == "" && (c.Source == value.Judged || c.Source == value.Imported) {
		e.refuse(view.FieldName, "value.criterion_unnamed", analysis.Args{"n": len(others) + 1, "most": value.LongestName})
	}
	return nil
}

// meanings reads what each mark means, all of them or none.
func (e *editing) meanings(c *value.Criterion) {
	for mark := range value.Levels {
		m := tidy(e.fields[view.FieldMeaning(mark)])
		c.Meanings = append(c.Meanings, m)
		switch {
		case m == "":
			e.refuse(view.FieldMeaning(mark), "value.mark_empty", analysis.Args{"mark": mark})
		case len([]rune(m)) > value.LongestMeaning:
			e.refuse(view.FieldMeaning(mark), "value.meaning_long", analysis.Args{"criterion": view.CriterionName(e.p, *c), "most": value.LongestMeaning})
		}
	}
}

func (e *editing) quota() {
	rules := e.office.Rules
	rules.ByScore = false
	for i := range rules.Quota {
		field := view.FieldSegmentRule(i)
		if v, ok := e.number(field); ok {
			rules.Quota[i] = v
			if v < 0 || v > 100 {
				e.refuse(field, "value.quota_range", nil)
			}
		}
	}
	e.rules(rules, view.FieldSegmentRule(len(rules.Quota)-1))
}

func (e *editing) borders() {
	rules := e.office.Rules
	rules.ByScore = true
	for i := range rules.Borders {
		field := view.FieldSegmentRule(i)
		if v, ok := e.number(field); ok {
			rules.Borders[i] = v
			if v < 0 || v > 100 || i > 0 && e.wrong[view.FieldSegmentRule(i-1)] == "" && v > rules.Borders[i-1] {
				e.refuse(field, "value.borders_order", nil)
			}
		}
	}
	e.rules(rules, view.FieldSegmentRule(0))
}

func (e *editing) rules(rules value.Rules, field string) {
	if len(e.wrong) > 0 {
		return
	}
	e.check(rules.Check(), field)
	e.office.Rules = rules
}

// check says err at field.
func (e *editing) check(err error, field string) {
	var why *analysis.Error
	if errors.As(err, &why) {
		e.refuse(field, why.Key, why.Args)
	}
}

// potential reads an amount in euros; an empty field is the median of the kind.
func (e *editing) potential() {
	e.office.Potential.High = 0
	if strings.TrimSpace(e.fields[view.FieldHigh]) == "" {
		return
	}
	v, ok := e.number(view.FieldHigh)
	if !ok {
		return
	}
	if v*100 > float64(value.MostHigh) || v <= 0 { // nothing is never high
		e.refuse(view.FieldHigh, "value.potential_range", analysis.Args{"most": value.MostHigh})
		return
	}
	e.office.Potential.High = max(1, analysis.Cents(v*100+.5))
}

func (e *editing) loyalty() {
	n, err := strconv.Atoi(e.fields[view.FieldLeast])
	if err != nil {
		n = 0
	}
	e.office.Loyalty.Least = n
	e.check(e.office.Loyalty.Check(), view.FieldLeast)
}

func (e *editing) strategy(t analysis.ClientType) {
	row := value.Strategy{Type: t}
	for i, text := range []*string{&row.Goal, &row.Approach, &row.Who, &row.Concept, &row.Avoid} {
		*text = tidy(e.fields[view.FieldLine(i)])
		if len([]rune(*text)) > value.LongestLine {
			e.refuse(view.FieldLine(i), "value.strategy_long", analysis.Args{"most": value.LongestLine})
		}
	}
	e.office.Strategies[t] = row
}

// filled is what stands in a form that nobody touched yet.
func filled(p *locale.Printer, at place, office value.Settings) (map[string]string, error) {
	fields := map[string]string{}
	kind, ofKind := at.kind()
	switch {
	case ofKind && at.form == formWeights:
		for i, c := range office.Set(kind) {
			fields[view.FieldWeight(i)] = view.Typed(p, c.Weight)
		}
	case ofKind && at.form == formAdd:
		fields[view.FieldOneWeight] = view.Typed(p, 10)
		fields[view.FieldSource] = view.SourceValue(value.Criterion{Source: value.Judged, Scale: value.Marks})
	case ofKind && at.form == formCriterion:
		set := Worded(p, office.Set(kind))
		i := slices.IndexFunc(set, func(c value.Criterion) bool { return c.Key == at.item })
		if i < 0 {
			return nil, outdated()
		}
		c := set[i]
		fields[view.FieldName], fields[view.FieldOneWeight] = c.Name, view.Typed(p, c.Weight)
		fields[view.FieldSource] = view.SourceValue(c)
		for mark, m := range c.Meanings {
			fields[view.FieldMeaning(mark)] = m
		}
	case at.form == formQuota:
		for i, q := range office.Rules.Quota {
			fields[view.FieldSegmentRule(i)] = view.Typed(p, q)
		}
	case at.form == formBorders:
		for i, b := range office.Rules.Borders {
			fields[view.FieldSegmentRule(i)] = view.Typed(p, b)
		}
	case at.form == formPotential && office.Potential.High > 0:
		fields[view.FieldHigh] = view.Typed(p, float64(office.Potential.High)/100)
	case at.form == formLoyalty:
		fields[view.FieldLeast] = fmt.Sprint(office.Loyalty.Least)
	case at.form == formStrategy:
		row := WordedStrategy(p, office.Strategy(analysis.ClientType(strings.TrimPrefix(at.key, strategyPrefix))))
		for i, l := range row.Lines() {
			fields[view.FieldLine(i)] = l.Text
		}
	}
	return fields, nil
}
