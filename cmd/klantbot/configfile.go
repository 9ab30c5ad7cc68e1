package main

import (
	"fmt"
	"io"
	"strings"

	"go.yaml.in/yaml/v3"

	"klantbot/analysis"
	"klantbot/analysis/value"
	"klantbot/commands"
	"klantbot/commands/locale"
)

// The types below are a file of settings, in the order in which it is written.
// configparse.go reads it back.
type (
	configFile struct {
		Criteria   kindsFile    `yaml:"criteria" json:"criteria"`
		Segments   segmentsFile `yaml:"segments" json:"segments"`
		Potential  highFile     `yaml:"potential" json:"potential"`
		Loyalty    loyaltyFile  `yaml:"loyalty" json:"loyalty"`
		Strategies rowsFile     `yaml:"strategies" json:"strategies"`
		Attention  *planFile    `yaml:"attention,omitempty" json:"attention,omitempty"`
	}
	kindsFile     map[string][]criterionFile
	rowsFile      map[string]strategyFile
	criterionFile struct {
		Key      string   `yaml:"key" json:"key"`
		Name     string   `yaml:"name" json:"name"`
		Weight   float64  `yaml:"weight" json:"weight"`
		Source   string   `yaml:"source" json:"source"`
		Scale    string   `yaml:"scale" json:"scale"`
		Optional bool     `yaml:"optional,omitempty" json:"optional,omitempty"`
		Meanings []string `yaml:"meanings,omitempty" json:"meanings,omitempty"`
	}
	segmentsFile struct {
		By      string      `yaml:"by" json:"by"` // quota or score
		Quota   quotaFile   `yaml:"quota" json:"quota"`
		Borders bordersFile `yaml:"borders" json:"borders"`
	}
	quotaFile struct {
		A float64 `yaml:"A" json:"A"`
		B float64 `yaml:"B" json:"B"`
		C float64 `yaml:"C" json:"C"`
		D float64 `yaml:"D" json:"D"`
	}
	bordersFile struct {
		A float64 `yaml:"A" json:"A"`
		B float64 `yaml:"B" json:"B"`
		C float64 `yaml:"C" json:"C"`
	}
	highFile struct {
		High analysis.Cents `yaml:"high_cents" json:"high_cents"`
	}
	loyaltyFile struct {
		Least int `yaml:"known_marks" json:"known_marks"`
	}
	strategyFile struct {
		Goal     string `yaml:"goal" json:"goal"`
		Approach string `yaml:"approach" json:"approach"`
		Who      string `yaml:"who" json:"who"`
		Concept  string `yaml:"concept" json:"concept"`
		Avoid    string `yaml:"avoid" json:"avoid"`
	}
)

const (
	byQuota = "quota"
	byScore = "score"
)

// toConfigFile is s with the words that a reader of p sees. Read back, words of
// the catalogue are the catalogue's again.
func toConfigFile(p *locale.Printer, s value.Settings, kinds []string) configFile {
	f := configFile{Criteria: kindsFile{}, Strategies: rowsFile{}, Segments: segmentsFile{By: byQuota},
		Potential: highFile{s.Potential.High}, Loyalty: loyaltyFile{s.Loyalty.Least}}
	if s.Rules.ByScore {
		f.Segments.By = byScore
	}
	q, b := s.Rules.Quota, s.Rules.Borders
	f.Segments.Quota, f.Segments.Borders = quotaFile{q[0], q[1], q[2], q[3]}, bordersFile{b[0], b[1], b[2]}
	for _, kind := range kinds {
		for _, c := range commands.Worded(p, s.Set(kind)) {
			f.Criteria[kind] = append(f.Criteria[kind], criterionFile{c.Key, c.Name, c.Weight, string(c.Source), string(c.Scale), c.Optional, c.Meanings})
		}
	}
	for _, t := range analysis.ClientTypes() {
		row := commands.WordedStrategy(p, s.Strategy(t))
		f.Strategies[string(t)] = strategyFile{row.Goal, row.Approach, row.Who, row.Concept, row.Avoid}
	}
	return f
}

// write writes f as YAML under a word of explanation.
func (f configFile) write(out io.Writer, p *locale.Printer) error {
	var b strings.Builder
	for line := range strings.SplitSeq(p.T("setting.file_head", nil), "\n") {
		fmt.Fprintln(&b, strings.TrimSpace("# "+line))
	}
	e := yaml.NewEncoder(&b)
	e.SetIndent(2)
	if err := e.Encode(f); err != nil {
		return fmt.Errorf("write YAML: %w", err)
	}
	if err := e.Close(); err != nil {
		return fmt.Errorf("write YAML: %w", err)
	}
	_, err := io.WriteString(out, b.String())
	return err
}
