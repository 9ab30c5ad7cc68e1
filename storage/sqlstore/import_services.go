package sqlstore

import (
	"context"
	"fmt"
	"strings"
)

// serviceIDs finds services by their place in the staged file, in any case,
// and creates those that a line which is taken over needs.
type serviceIDs struct {
	a      *applying
	known  map[string]int64 // by name in lower case
	byFile []int64          // by place; 0: not looked for yet
}

// services reads the services of the office.
func (a *applying) services(ctx context.Context) (*serviceIDs, error) {
	const all = `SELECT id, name FROM service`
	s := &serviceIDs{a: a, known: map[string]int64{}, byFile: make([]int64, len(a.s.lines.services))}
	err := each(ctx, a.e, all, func(row scanner) error {
		var id int64
		var name string
		err := row.Scan(&id, &name)
		s.known[strings.ToLower(name)] = id
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read services: %w", err)
	}
	return s, nil
}

// id returns the id of the service at place at in the staged file.
func (s *serviceIDs) id(ctx context.Context, at int32) (int64, error) {
	if at == 0 || s.byFile[at] != 0 {
		return s.byFile[at], nil
	}
	name := s.a.s.lines.services[at]
	id, known := s.known[strings.ToLower(name)]
	if !known {
		const insert = `INSERT INTO service (id, name) VALUES (?1, ?2)`
		id = s.a.given["service"].next()
		if _, err := s.a.e.exec(ctx, insert, id, name); err != nil {
			return 0, fmt.Errorf("insert service: %w", err)
		}
		if err := s.a.images.created(ctx, "service", id); err != nil {
			return 0, err
		}
		s.known[strings.ToLower(name)] = id
	}
	s.byFile[at] = id
	return id, nil
}
