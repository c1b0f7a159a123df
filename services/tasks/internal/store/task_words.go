package store

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/jmoiron/sqlx"

	"github.com/qihe-volunteers/qihe/shared/pinyin"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// wordsOf is a task's title and place as what was typed is compared with them,
// characters and initials.
func wordsOf(title, place string) string {
	return strings.Join([]string{pinyin.Parse(title).Text(), pinyin.Parse(place).Text(), pinyin.Initials(title), pinyin.Initials(place)}, "|")
}

// gramsOf is what these are found by, as an array in text form: our grams hold
// letters, digits and characters only.
func gramsOf(title, place string) string {
	grams := append(pinyin.Grams(title), pinyin.Grams(place)...)
	slices.Sort(grams)
	return "{" + strings.Join(slices.Compact(grams), ",") + "}"
}

// FillWords gives words to up to limit tasks that an earlier release wrote
// without, and returns how many there were.
func FillWords(ctx context.Context, q postgres.Querier, limit int) (int, error) {
	const find = `
		SELECT id, title, place
		FROM tasks
		WHERE words = ''
		LIMIT $1
		FOR UPDATE SKIP LOCKED`

	type row struct {
		ID    string `db:"id"`
		Title string `db:"title"`
		Place string `db:"place"`
	}
	var rows []row
	if err := sqlx.SelectContext(ctx, q, &rows, find, limit); err != nil || len(rows) == 0 {
		return 0, err
	}
	const fill = `
		UPDATE tasks t
		SET words = n.words, grams = n.grams::text[]
		FROM unnest($1::uuid[], $2::text[], $3::text[]) AS n (id, words, grams)
		WHERE t.id = n.id`
	if _, err := q.ExecContext(ctx, fill,
		postgres.Column(rows, func(r row) string { return r.ID }),
		postgres.Column(rows, func(r row) string { return wordsOf(r.Title, r.Place) }),
		postgres.Column(rows, func(r row) string { return gramsOf(r.Title, r.Place) })); err != nil {
		return 0, fmt.Errorf("fill in the words of %d tasks: %w", len(rows), err)
	}
	return len(rows), nil
}
