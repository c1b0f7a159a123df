package app

import (
	"context"
	"errors"
	"regexp"
	"strings"

	"github.com/qihe-volunteers/qihe/services/pairings/internal/domain"
	"github.com/qihe-volunteers/qihe/services/pairings/internal/store"
	"github.com/qihe-volunteers/qihe/shared/apperr"
	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

var errHelpNumbers = apperr.New(apperr.Invalid, "help_numbers", "每个电话要有号码和中英文说明，1 到 12 个。", "Each number needs its digits and its words in both languages; 1 to 12 of them.")

var helpPhone = regexp.MustCompile(`^[0-9-]{3,20}$`)

// ListHelpNumbers returns whom to call, for the region in which the caller is a companion
// parent, else for everywhere. A phone keeps them for when there is no network.
func (a *App) ListHelpNumbers(ctx context.Context) (numbers []domain.HelpNumber, err error) {
	who, err := auth.From(ctx)
	if err != nil {
		return nil, err
	}
	err = a.db.Read(ctx, func(q postgres.Querier) error {
		mine, err := store.FindMyCompanion(ctx, q, who.VolunteerID)
		if errors.Is(err, domain.ErrNoCompanion) {
			top, err := store.FindTopRegion(ctx, q)
			if err != nil {
				return err
			}
			numbers, err = store.ListHelpNumbers(ctx, q, top.Path, a.clock.Now())
			return err
		}
		if err == nil {
			numbers, err = store.ListHelpNumbers(ctx, q, mine.RegionPath, a.clock.Now())
		}
		return err
	})
	return numbers, err
}

// SetHelpNumbers says whom to call in a region from now on. It is for the region's
// child-care officers, with a second factor.
func (a *App) SetHelpNumbers(ctx context.Context, regionCode string, numbers []domain.HelpNumber) error {
	return a.db.InTx(ctx, func(q postgres.Querier) error {
		who, err := auth.From(ctx)
		if err != nil {
			return err
		}
		region, ok, err := store.FindRegion(ctx, q, regionCode)
		if err != nil {
			return err
		}
		if !ok || !looksAfter(who, region.Path) {
			return apperr.For("region_code", errNoRegion)
		}
		if err := who.RequireStrong(); err != nil {
			return err
		}
		for i, n := range numbers {
			n = domain.HelpNumber{Phone: strings.TrimSpace(n.Phone), ZH: strings.TrimSpace(n.ZH), EN: strings.TrimSpace(n.EN)}
			if !helpPhone.MatchString(n.Phone) || n.ZH == "" || n.EN == "" {
				return apperr.For("numbers", errHelpNumbers)
			}
			numbers[i] = n
		}
		if len(numbers) == 0 || len(numbers) > 12 {
			return apperr.For("numbers", errHelpNumbers)
		}
		return store.InsertHelpNumbers(ctx, q, region.Path, numbers, a.clock.Now(), who.VolunteerID)
	})
}
