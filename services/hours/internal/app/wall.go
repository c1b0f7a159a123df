package app

import (
	"context"
	"errors"
	"sync"
	"time"

	"github.com/qihe-volunteers/qihe/services/hours/internal/boards"
	"github.com/qihe-volunteers/qihe/services/hours/internal/domain"
	"github.com/qihe-volunteers/qihe/services/hours/internal/store"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// The wall
//
// 大屏 hangs in a hall and is looked at by anybody who walks by. So it shows what
// any board shows and no more: names of people only with their consent, the first
// few only, no rates (docs/wall.md). A screen gets the whole of it each time, at
// most once in WallGap: a screen that was away needs nothing but the next one.
//
// The wall of a region is drawn once for all of its screens, from memory, when the
// ledger has grown, a name may have changed or the day has turned. A screen that
// reads slowly holds up nobody: what it has not read is one newer wall, never a
// queue.

// WallGap is the least time between two states that a screen is told, where nothing else is set.
const WallGap = time.Second

const (
	everyScreen   = "" // the one thing in App.screens that is touched
	wallRows      = 10 // of a board: what can be read from five metres
	wallRecent    = 12 // activities that pass by
	recheckScreen = 5 * time.Second
)

// Wall is what the screens of a region show.
type Wall struct {
	Region   domain.Known
	Position int64
	At       time.Time // when it was so
	Today    Given
	Month    Given
	Areas    []Area
	Boards   []WallBoard // empty where boards are switched off, or nobody has hours
	Recent   []Activity  // credited last, the newest first
}

// Given is what was given in a period, by how many.
type Given struct{ Minutes, Volunteers, Teams int64 }

// WallBoard is the head of a board that takes its turn.
type WallBoard struct {
	Subject boards.Subject
	Period  string
	Rows    []BoardRow
}

// Activity is service of a brigade that was credited lately, without whose it was.
type Activity struct {
	Team, Title string
	Minutes     int // of all together
	People      int
	At          time.Time // when the last of it was recorded
}

// Screen follows the wall of a region.
type Screen struct {
	app     *App
	region  domain.Known
	hash    []byte // of the link that it uses; nil for an officer
	wake    <-chan struct{}
	stop    func()
	checked time.Time
	drawn   *drawnWall
	last    Wall
}

// drawnWall is a wall as it was last drawn for a region.
type drawnWall struct {
	position, edition int64
	day               domain.Day
	wall              Wall
}

// walls are what was drawn last, by region: as many as there are regions with screens.
type walls struct {
	mu    sync.Mutex
	drawn map[string]*drawnWall
}

// Screen opens the wall of a region: for who has the key of one of its links, or,
// without one, for officers of the region or of one above it; to others it returns
// NotFound. Close it.
func (a *App) Screen(ctx context.Context, key, code string) (*Screen, error) {
	region, hash, err := a.regionOfScreen(ctx, key, code)
	if err != nil {
		return nil, err
	}
	s := &Screen{app: a, region: region, hash: hash, checked: a.clock.Now()}
	s.wake, s.stop = a.screens.Watch(everyScreen)
	return s, nil
}

// Wake receives when there may be something new, at least once a second.
func (s *Screen) Wake() <-chan struct{} { return s.wake }

// Gap is the least time between two states that the screen is to be told.
func (s *Screen) Gap() time.Duration { return s.app.wallGap }

// Close ends the screen.
func (s *Screen) Close() { s.stop() }

// Next returns the wall as it is now; when nothing is new within the minute, as
// it was returned last. It returns domain.ErrNoDisplay when the link has ended.
func (s *Screen) Next(ctx context.Context) (Wall, error) {
	now := s.app.clock.Now()
	if err := s.check(ctx, now); err != nil {
		return Wall{}, err
	}
	drawn, err := s.app.wall(ctx, s.region, domain.DayOf(now))
	if err != nil {
		return Wall{}, err
	}
	minute := now.Truncate(time.Minute)
	if drawn != s.drawn || !minute.Equal(s.last.At.Truncate(time.Minute)) {
		s.drawn, s.last = drawn, drawn.wall
		s.last.At = now.Truncate(time.Second)
	}
	return s.last, nil
}

// check asks every few seconds whether the link is still good. While the database
// is away nobody can have ended it.
func (s *Screen) check(ctx context.Context, now time.Time) error {
	if s.hash == nil || now.Sub(s.checked).Abs() < recheckScreen {
		return nil
	}
	s.checked = now
	err := s.app.db.Read(ctx, func(q postgres.Querier) error {
		_, err := store.FindDisplay(ctx, q, s.hash, now)
		return err
	})
	if errors.Is(err, domain.ErrNoDisplay) {
		return err
	}
	return nil
}

// wall returns the wall of a region, drawn anew when it may have changed.
func (a *App) wall(ctx context.Context, region domain.Known, today domain.Day) (*drawnWall, error) {
	a.walls.mu.Lock()
	defer a.walls.mu.Unlock()
	before := a.walls.drawn[region.ID]
	edition, position := a.names.edition.Load(), a.boards.Position()
	if before != nil && before.position == position && before.edition == edition && before.day == today {
		return before, nil
	}
	now := &drawnWall{edition: edition, day: today}
	if err := a.drawWall(ctx, now, before, region); err != nil {
		return nil, err
	}
	if before != nil && now.wall.same(before.wall) {
		before.position, before.edition, before.day = now.position, now.edition, now.day
		return before, nil
	}
	if a.walls.drawn == nil {
		a.walls.drawn = map[string]*drawnWall{}
	}
	a.walls.drawn[region.ID] = now
	return now, nil
}
