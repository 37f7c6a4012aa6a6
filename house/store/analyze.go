package store

import (
	"context"
	"fmt"
	"strings"
)

// sampled looks at so many rows of an index: enough to tell a value of a million from one of ten.
const sampled = "pragma analysis_limit = 50000; analyze"

// Analyze lets the engine look anew at how its data are spread, after many rows came at once. SQLite reads every page of
// the data for it.
func (s *Store) Analyze(ctx context.Context) error {
	text := "analyze"
	if s.engine == sqliteEngine {
		text = sampled
	}
	if _, err := s.writer.ExecContext(ctx, text); err != nil {
		return fmt.Errorf("analyze: %w", busy(err))
	}
	return nil
}

// analyzeNew lets the engine look at what it has never looked at, after the schema changed: PostgreSQL takes samples, and
// SQLite, which would read ten million services for a new table, looks at the indexes that it does not know.
func (s *Store) analyzeNew(ctx context.Context) error {
	if s.engine == postgres {
		return s.Analyze(ctx)
	}
	ever, unknown, err := s.unanalyzed(ctx)
	if err != nil {
		return fmt.Errorf("find what was never analyzed: %w", busy(err))
	}
	if !ever {
		return s.Analyze(ctx)
	}
	for _, name := range unknown {
		if _, err := s.writer.ExecContext(ctx, sampled+` "`+strings.ReplaceAll(name, `"`, `""`)+`"`); err != nil {
			return fmt.Errorf("analyze %s: %w", name, busy(err))
		}
	}
	return nil
}

// unanalyzed are the indexes of SQLite of which nothing is known, and whether anything was ever analyzed.
func (s *Store) unanalyzed(ctx context.Context) (ever bool, names []string, err error) {
	if err := s.writer.QueryRowContext(ctx, `select exists (select 1 from sqlite_schema where name = 'sqlite_stat1')`).Scan(&ever); err != nil || !ever {
		return ever, nil, err
	}
	rows, err := s.writer.QueryContext(ctx, `select m.name from sqlite_schema m where m.type = 'index' and m.sql is not null
		and not exists (select 1 from sqlite_stat1 t where t.idx = m.name)`)
	if err != nil {
		return ever, nil, err
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var name string
		if err := rows.Scan(&name); err != nil {
			return ever, nil, err
		}
		names = append(names, name)
	}
	return ever, names, rows.Err()
}
