package domain

import (
	"strings"
	"time"

	"github.com/qihe-volunteers/qihe/shared/apperr"
	"github.com/qihe-volunteers/qihe/shared/clock"
	"github.com/qihe-volunteers/qihe/shared/id"
)

// Campaign (专项行动) is an officer's template for a season: 三八维权周, 六一圆梦. The
// leaders of the region's brigades see it and take it up with one tap, or not:
// nobody counts who did not.
type Campaign struct {
	ID          string
	RegionPath  string // whose brigades see it
	ProgrammeID string
	Name        string
	Call        string // a sentence to the leaders
	Template    Template
	FirstDay    string // of the season, a day of the city
	LastDay     string
	CreatedBy   string
	CreatedAt   time.Time
	EndedAt     time.Time // zero unless it was ended by hand

	ProgrammeName string
	TakenUp       int // how many activities came of it
}

// Template is what a campaign proposes for an activity.
type Template struct{ Title, Description, Risks, Bring string }

// What can be wrong with a campaign.
var (
	ErrCampaignName   = apperr.New(apperr.Invalid, "campaign_name", "请写专项行动的名称和活动名称。", "Please give the campaign and its activity a name.")
	ErrCampaignDays   = apperr.New(apperr.Invalid, "campaign_days", "结束日期要在开始日期之后，而且还没过去，最长一年。", "The last day must follow the first, not be past, and lie within a year.")
	ErrNoSuchCampaign = apperr.New(apperr.NotFound, "no_such_campaign", "没有这个专项行动。", "There is no such campaign.")
)

// NewCampaign returns a campaign.
func NewCampaign(c Campaign, by string, now time.Time) (Campaign, error) {
	for _, s := range []*string{&c.Name, &c.Call, &c.Template.Title, &c.Template.Description, &c.Template.Risks, &c.Template.Bring} {
		*s = strings.TrimSpace(*s)
	}
	first, err1 := time.ParseInLocation(time.DateOnly, c.FirstDay, clock.City)
	last, err2 := time.ParseInLocation(time.DateOnly, c.LastDay, clock.City)
	switch {
	case c.Name == "":
		return Campaign{}, apperr.For("name", ErrCampaignName)
	case c.Template.Title == "":
		return Campaign{}, apperr.For("title", ErrCampaignName)
	case err1 != nil || err2 != nil || last.Before(first) || last.Format(time.DateOnly) < DayOf(now) || last.After(now.AddDate(1, 0, 0)):
		return Campaign{}, apperr.For("last_day", ErrCampaignDays)
	}
	c.ID, c.CreatedBy, c.CreatedAt = id.New(), by, now
	return c, nil
}
