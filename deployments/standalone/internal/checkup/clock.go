package checkup

import (
	"context"
	"fmt"
	"time"

	"github.com/qihe-volunteers/qihe/shared/clock"
)

// Off is how far the computer's clock may be behind what the databases have recorded.
const Off = 2 * time.Minute

// clockRight looks at what a server can know of its own clock: that it has not gone
// backwards, and whether it follows a time server. That it is fast it cannot know
// without one: officers' pages compare it with theirs (docs/clock.md).
func (r round) clockRight(ctx context.Context) (Finding, error) {
	recorded, err := r.site.Recorded(ctx)
	if err != nil {
		return Finding{}, err
	}
	now := time.Now()
	f := Finding{Good: recorded.Sub(now) <= Off}
	f.Chinese = "服务器时间 " + clock.Minute(now)
	f.English = "it is " + clock.Minute(now) + " here"
	if !f.Good {
		f.Chinese += fmt.Sprintf("，但数据库里已有 %s 的记录：时钟慢了，或以前快过", clock.Minute(recorded))
		f.English += fmt.Sprintf(", and the databases have records of %s: the clock is slow, or was fast before", clock.Minute(recorded))
		return f, nil
	}
	switch synchronised, known := clock.Synchronised(); {
	case !known:
	case synchronised:
		f.Chinese += "，已和时间服务器对准"
		f.English += ", by a time server"
	default:
		f.Chinese += "，没有时间服务器：每月请对照手机看一次"
		f.English += ", by no time server: compare it with a phone each month"
	}
	return f, nil
}
