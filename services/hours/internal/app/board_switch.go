package app

import (
	"context"
	"strings"

	"github.com/qihe-volunteers/qihe/services/hours/internal/boards"
	"github.com/qihe-volunteers/qihe/services/hours/internal/domain"
	"github.com/qihe-volunteers/qihe/services/hours/internal/store"
	"github.com/qihe-volunteers/qihe/shared/apperr"
	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/idempotency"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

var errBoardsOff = apperr.New(apperr.NotFound, "boards_off",
	"{region}没有排行榜：妇联已经关闭。时长照常记录，在“我的”里看得到。", "There are no boards of {region}: the federation switched them off. Hours are recorded as ever.")

// BoardSwitches says whether a region has boards, and what was set.
type BoardSwitches struct {
	Off    bool // today, by itself or by one above it
	MaySet bool
	Set    []SwitchSet // of the region, of those above and of those below it; the last day first
}

// SwitchSet is a switch with the name of its region.
type SwitchSet struct {
	domain.BoardSwitch
	RegionName string
}

// BoardSwitches is for officers of the region or of one above it; to others it
// returns NotFound.
func (a *App) BoardSwitches(ctx context.Context, code string) (BoardSwitches, error) {
	region, err := a.authorizeOverview(ctx, code)
	if err != nil {
		return BoardSwitches{}, err
	}
	who, err := auth.From(ctx)
	if err != nil {
		return BoardSwitches{}, err
	}
	s := BoardSwitches{MaySet: who.Decides(region.RegionPath)}
	err = a.db.Read(ctx, func(q postgres.Querier) error {
		all, err := store.ListBoardSwitches(ctx, q)
		_, s.Off = all.Off(region.RegionPath, domain.DayOf(a.clock.Now()))
		for _, one := range all {
			if strings.HasPrefix(one.RegionPath, region.RegionPath) || strings.HasPrefix(region.RegionPath, one.RegionPath) {
				s.Set = append(s.Set, SwitchSet{one, a.names.regionName(one.RegionPath)})
			}
		}
		return err
	})
	return s, err
}

// SwitchBoards says whether a region has boards, from a day on. It is for who
// decides for the region: to officers who do not it returns Forbidden, to others
// NotFound. Other replicas follow within a second.
func (a *App) SwitchBoards(ctx context.Context, code string, s domain.BoardSwitch) error {
	region, err := a.authorizeOverview(ctx, code)
	if err != nil {
		return err
	}
	who, err := auth.From(ctx)
	if err != nil {
		return err
	}
	if !who.Decides(region.RegionPath) {
		return errNotDeciding
	}
	s.RegionPath = region.RegionPath
	if _, err := idempotency.Do(ctx, a.db, a.clock.Now(), "switch_boards", s, func(q postgres.Querier) (struct{}, error) {
		set, err := domain.NewBoardSwitch(s, who.VolunteerID, a.clock.Now())
		if err != nil {
			return struct{}{}, err
		}
		return struct{}{}, store.InsertBoardSwitch(ctx, q, set)
	}); err != nil {
		return err
	}
	return a.readSwitches(ctx)
}

// readSwitches takes over what was set. Boards are asked for often, and answered
// without the database.
func (a *App) readSwitches(ctx context.Context) error {
	return a.db.Read(ctx, func(q postgres.Querier) error {
		all, err := store.ListBoardSwitches(ctx, q)
		if err == nil {
			a.switches.Store(&all)
		}
		return err
	})
}

// mayShow returns errBoardsOff when boards of the thing are switched off today. A
// programme's are the city's.
func (a *App) mayShow(kind boards.ScopeKind, thing domain.Known, today domain.Day) error {
	all := a.switches.Load()
	if all == nil || len(*all) == 0 {
		return nil
	}
	path := thing.RegionPath
	if kind == boards.Programme {
		path = all.City()
	}
	if by, off := all.Off(path, today); off {
		return errBoardsOff.With("region", a.names.regionName(by))
	}
	return nil
}
