package store

import (
	"database/sql/driver"
	"errors"
	"fmt"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
)

// Bulk loads many rows fast: COPY on PostgreSQL, one prepared statement on SQLite. It is for askers of
// the whole province and for the house, because it passes no scope mark. Table and columns are constants.
func (tx *Tx) Bulk(table literal, columns []string, rows [][]any) error {
	if !tx.by.System && !tx.by.Scope.All {
		return errors.New("a bulk load needs the scope of the whole province")
	}
	return tx.bulk(string(table), columns, rows)
}

func (tx *Tx) bulk(table string, columns []string, rows [][]any) error {
	if !tx.write || tx.conn == nil {
		return errors.New("a bulk load outside of a write")
	}
	if len(rows) == 0 {
		return nil
	}
	for _, r := range rows {
		for i, v := range r {
			if dv, ok := v.(driver.Valuer); ok {
				plain, err := dv.Value()
				if err != nil {
					return fmt.Errorf("%s.%s: %w", table, columns[i], err)
				}
				r[i] = plain
			}
		}
	}
	if tx.store.engine == postgres {
		return tx.copyIn(table, columns, rows)
	}
	text := "insert into " + table + " (" + strings.Join(columns, ", ") + ") values (" +
		strings.TrimSuffix(strings.Repeat("?, ", len(columns)), ", ") + ")"
	st, err := tx.conn.PrepareContext(tx.ctx, text)
	if err != nil {
		return fmt.Errorf("load %s: %w", table, busy(err))
	}
	defer func() { _ = st.Close() }()
	for _, r := range rows {
		if _, err := st.ExecContext(tx.ctx, r...); err != nil {
			return fmt.Errorf("load %s: %w", table, busy(err))
		}
	}
	return nil
}

func (tx *Tx) copyIn(table string, columns []string, rows [][]any) error {
	return tx.conn.Raw(func(c any) error {
		conn, ok := c.(*stdlib.Conn)
		if !ok {
			return fmt.Errorf("load %s: not a connection of PostgreSQL", table)
		}
		if _, err := conn.Conn().CopyFrom(tx.ctx, pgx.Identifier{table}, columns, pgx.CopyFromRows(rows)); err != nil {
			return fmt.Errorf("load %s: %w", table, busy(err))
		}
		return nil
	})
}
