package app

import (
	"context"

	"github.com/qihe-volunteers/qihe/services/hours/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/apperr"
	"github.com/qihe-volunteers/qihe/shared/auth"
)

// Who may do what:
//
//	my own hours     the person
//	boards, ranks    anybody signed in; names only with consent; none where who decides for the region switched them off
//	a board as a file  officers of its region, of a programme's any officer; recorded
//	the wall         as the overview, and who has the key of a screen's link; links are made and ended by who decides for the region
//	hours per member, how many hold which star  officers of the region, where it has boards
//	overview, figures  an officer of that region or of one above it
//	a brigade's lines and sums  who leads it; officers of its region those given in theirs
//	publicity        officers as for the overview; who decides for a region sets its days
//	stars            the person sees their own; how they are reached is no secret; set by administrators of the city
//	held credits     who decides for the region, but for the person and whoever confirmed
//	caps of a day    every officer sees them; set by administrators of the city
//	certificates     the person asks and reads their own; officers of the region see what waits and the register;
//	                 who decides for the issuing office's region issues, revokes, replaces, for others than herself;
//	                 administrators of a region say how its office issues; anybody checks who has code or number and name
//	a line's proof   whom it is about, who leads its brigade, officers of its region; whose it is, only themself
//	witnesses        anybody reads, and gives back what a registered one signed; set by administrators of the city
//	history          who leads the brigade or decides for its region enters it; another who decides for the region, but
//	                 for whoever is in it, approves; the pages of the register are the uploader's until then, and
//	                 afterwards theirs who decide for the region, recorded
//	national system  officers see what was sent of their regions, who decides for one checks it; sent, with a second factor,
//	                 answered and mapped by administrators of the city
//	public lists     anybody at all; names only with consent
//	live             anybody signed in; says only that something is new
//
// What somebody may not see does not exist for them.

var errNoRegion = apperr.New(apperr.NotFound, "no_such_region", "没有这个区划，或者不在您的管辖范围内。", "There is no such region, or it is not one of yours.")

// errNotDeciding refuses officers who may look at a region but not decide for it.
var errNotDeciding = apperr.New(apperr.Forbidden, "not_deciding", "这一步要由这个区划的协调员或管理员来做。", "This is for coordinators and administrators of the region.")

// authorizeOverview returns the region if the person who asks answers for it.
func (a *App) authorizeOverview(ctx context.Context, code string) (domain.Known, error) {
	who, err := auth.From(ctx)
	if err != nil {
		return domain.Known{}, err
	}
	region, ok := a.names.find(domain.Region, code)
	if !ok || !who.Covers(region.RegionPath) {
		return domain.Known{}, errNoRegion
	}
	return region, nil
}
