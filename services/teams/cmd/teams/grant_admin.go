package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"strings"

	"github.com/qihe-volunteers/qihe/services/teams"
	"github.com/qihe-volunteers/qihe/shared/apperr"
)

// grantAdmin makes whoever has the phone an administrator of the city: the first one,
// whom nobody inside can appoint. It says what it would do, and does it with --yes.
func grantAdmin(ctx context.Context, cfg teams.Config, args []string) error {
	n := teams.Appointment{Counties: map[string]string{}}
	flags := flag.NewFlagSet("grant-admin PHONE", flag.ContinueOnError)
	flags.StringVar(&n.Reason, "reason", "", "凭什么：批准的文件，不写姓名 by which paper; nobody's name")
	flags.StringVar(&n.Name, "name", "", "姓名；没有人用这个手机号时 the name, when nobody has the phone yet")
	flags.StringVar(&n.RegionCode, "region", "", "全市的区划代码，4 位；新城市才要 the city's code, four digits; of a new city only")
	flags.StringVar(&n.CityName, "region-name", "", "全市的名称 what the city is called")
	flags.Func("county", "县区，一个一次 a county, once for each: 410621=浚县", func(s string) error {
		code, name, ok := strings.Cut(s, "=")
		if !ok {
			return errors.New("CODE=NAME")
		}
		n.Counties[code] = name
		return nil
	})
	flags.BoolVar(&n.Although, "although", false, "有管理员，但都登录不了 there are administrators, but none can sign in")
	yes := flags.Bool("yes", false, "真的做；不加只说要做什么 do it; without, it only says what would be done")
	if len(args) == 0 || strings.HasPrefix(args[0], "-") {
		flags.Usage()
		return errors.New("手机号写在最前 The phone number comes first")
	}
	n.Phone = args[0]
	if err := flags.Parse(args[1:]); err != nil {
		return err
	}
	done, err := teams.Appoint(ctx, cfg, n, !*yes)
	if err != nil {
		return apperr.Spoken(err)
	}
	fmt.Printf("administrators so far: %d; divisions made: %d; a new record: %t; done: %t\n", done.Administrators, done.NewRegions, done.NewPerson, *yes)
	return nil
}
