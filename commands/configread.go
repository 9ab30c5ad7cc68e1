package commands

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"klantbot/analysis"
	"klantbot/analysis/value"
	"klantbot/storage"
)

// Keys of the settings that say what clients are worth and how they are
// approached. What they hold is read leniently: a value that an older version
// saved has the defaults for what came later, and one of a newer version loses
// what is not known here.
const (
	criteriaPrefix = "criteria/" // and the kind of client: its []value.Criterion
	rulesKey       = "segments"  // value.Rules
	potentialKey   = "potential" // value.PotentialRule
	loyaltyKey     = "loyalty"   // value.LoyaltyRule
	strategyPrefix = "strategy/" // and the client type: its value.Strategy
)

// chosen is what the office chose, with the version of each setting.
type chosen struct {
	office  value.Settings
	present map[string]storage.Setting // by key
}

// version is that of the present value of key; 0 where nobody ever chose.
func (c chosen) version(key string) int { return c.present[key].Version }

// readChosen reads all settings of value.
func readChosen(ctx context.Context, s storage.Settings) (chosen, error) {
	c := chosen{office: value.DefaultSettings(), present: map[string]storage.Setting{}}
	all, err := s.Settings(ctx, "")
	if err != nil {
		return c, fmt.Errorf("read the settings: %w", err)
	}
	for _, one := range all {
		if !ofValue(one.Key) {
			continue // another subject's
		}
		c.present[one.Key] = one
		if err := apply(&c.office, one.Key, one.Value); err != nil {
			return c, err
		}
	}
	return c, nil
}

// ofValue reports whether key names a setting of value.
func ofValue(key string) bool {
	t, strategy := strings.CutPrefix(key, strategyPrefix)
	switch {
	case strategy:
		return slices.Contains(analysis.ClientTypes(), analysis.ClientType(t))
	case strings.HasPrefix(key, criteriaPrefix):
		return true
	}
	return key == rulesKey || key == potentialKey || key == loyaltyKey
}

// apply puts a stored value in s; an empty one is the default.
func apply(s *value.Settings, key string, raw []byte) error {
	fresh := value.DefaultSettings()
	var err error
	read := func(into any) {
		if len(raw) > 0 {
			err = json.Unmarshal(raw, into)
		}
	}
	switch {
	case key == rulesKey:
		read(&fresh.Rules)
		s.Rules = fresh.Rules
	case key == potentialKey:
		read(&fresh.Potential)
		s.Potential = fresh.Potential
	case key == loyaltyKey:
		read(&fresh.Loyalty)
		s.Loyalty = fresh.Loyalty
	case strings.HasPrefix(key, strategyPrefix):
		t := analysis.ClientType(strings.TrimPrefix(key, strategyPrefix))
		var row value.Strategy
		read(&row)
		row.Type = t
		s.Strategies[t] = row
		if len(raw) == 0 {
			delete(s.Strategies, t)
		}
	default:
		kind := strings.TrimPrefix(key, criteriaPrefix)
		var set []value.Criterion
		read(&set)
		s.Criteria[kind] = set
		if len(raw) == 0 {
			delete(s.Criteria, kind)
		}
	}
	if err != nil {
		return fmt.Errorf("read the setting %s: %w", key, err)
	}
	return nil
}

// stored is how the setting key of s is kept: nothing where it is the default.
func stored(s value.Settings, key string) ([]byte, error) {
	raw, err := json.Marshal(part(s, key))
	if err != nil {
		return nil, fmt.Errorf("write the setting %s: %w", key, err)
	}
	standard, err := json.Marshal(part(value.DefaultSettings(), key))
	if err != nil {
		return nil, fmt.Errorf("write the default of %s: %w", key, err)
	}
	if bytes.Equal(raw, standard) {
		return nil, nil
	}
	return raw, nil
}

// part is what a setting is about.
func part(s value.Settings, key string) any {
	switch {
	case key == rulesKey:
		return s.Rules
	case key == potentialKey:
		return s.Potential
	case key == loyaltyKey:
		return s.Loyalty
	case strings.HasPrefix(key, strategyPrefix):
		return s.Strategy(analysis.ClientType(strings.TrimPrefix(key, strategyPrefix)))
	}
	return s.Set(strings.TrimPrefix(key, criteriaPrefix))
}

// keysOf are the keys of everything that s or other chose, and of what always
// is there, in their order.
func keysOf(s, other value.Settings) []string {
	keys := []string{rulesKey, potentialKey, loyaltyKey}
	for _, t := range analysis.ClientTypes() {
		keys = append(keys, strategyPrefix+string(t))
	}
	kinds := maps.Clone(s.Criteria)
	maps.Copy(kinds, other.Criteria)
	for _, kind := range slices.Sorted(maps.Keys(kinds)) {
		keys = append(keys, criteriaPrefix+kind)
	}
	return keys
}
