package city

import (
	"context"
	"fmt"
	"time"

	"github.com/qihe-volunteers/qihe/deployments/standalone/internal/site"
	"github.com/qihe-volunteers/qihe/shared/clock"
)

// backwards is how far the computer's clock may be behind what the databases have
// recorded by it: a time server sets clocks back by less.
const backwards = 2 * time.Minute

// checkClock refuses to start on a clock that has gone backwards, as those of
// servers do whose battery is empty: what is written then stands before what
// happened earlier, codes are refused and offers end too late. Started again
// once the clock is right, the city goes on.
func (r *Running) checkClock(ctx context.Context, n note) error {
	if !n.Ready {
		return nil // nothing was recorded yet
	}
	s, err := site.Open(ctx, r.options.Data)
	if err != nil {
		return err
	}
	recorded, err := s.Recorded(ctx)
	if err != nil {
		return err
	}
	if time.Until(recorded) <= backwards || r.options.Although {
		return nil
	}
	return fmt.Errorf("服务器的时钟慢了：现在是 %[1]s，数据库里已经有 %[2]s 的记录。请先把时间调对（timedatectl set-time '年-月-日 时:分:秒'），再启动。\n"+
		"如果是以前的时间错了（快了），现在才对，就加上 --although-behind 启动。\n"+
		"The server's clock has gone backwards: it is %[1]s, and the databases have records of %[2]s. Set it right (timedatectl set-time 'YYYY-MM-DD hh:mm:ss') and start again. "+
		"If it was wrong before, and is right now, start with --although-behind",
		time.Now().In(clock.City).Format(time.DateTime), recorded.In(clock.City).Format(time.DateTime))
}
