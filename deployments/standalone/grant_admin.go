package main

import (
	"context"
	"fmt"

	"github.com/qihe-volunteers/qihe/deployments/standalone/internal/site"
	"github.com/qihe-volunteers/qihe/services/teams"
	"github.com/qihe-volunteers/qihe/shared/apperr"
)

type grantAdminCommand struct {
	Phone      string            `arg:"" help:"手机号 The phone number."`
	Reason     string            `help:"凭什么：批准的文件，不写姓名 By which paper; nobody's name." required:"" placeholder:"TEXT"`
	Name       string            `help:"姓名；没有人用这个手机号时 The name, when nobody has the phone yet." placeholder:"NAME"`
	Region     string            `help:"全市的区划代码，4 位；新城市才要 The city's code, four digits; of a new city only." placeholder:"CODE"`
	RegionName string            `help:"全市的名称 What the city is called." placeholder:"NAME"`
	County     map[string]string `help:"县区，一个一次：--county 410621=浚县 A county, once for each." placeholder:"CODE=NAME" mapsep:"none"`
	Although   bool              `help:"有管理员，但都登录不了 There are administrators, but none can sign in."`
	Yes        bool              `help:"真的做；不加只说要做什么 Do it; without, it only says what would be done."`
	Data       string            `env:"QIHE_DATA" help:"数据文件夹 Folder that keeps everything." default:"${data}" placeholder:"FOLDER"`
}

// Run makes whoever has the phone an administrator of the city.
func (c grantAdminCommand) Run(ctx context.Context) error {
	return within(ctx, c.Data, func(s *site.Site) error {
		settings, err := teamsSettings(s, c.Data)
		if err != nil {
			return err
		}
		done, err := teams.Appoint(ctx, settings, teams.Appointment{
			Phone: c.Phone, Name: c.Name, RegionCode: c.Region, CityName: c.RegionName, Counties: c.County, Reason: c.Reason, Although: c.Although,
		}, !c.Yes)
		if err != nil {
			return apperr.Spoken(err)
		}
		fmt.Printf("现有全市管理员 %[1]d 位；新建区划 %[2]d 个；新建记录：%[3]s。\n%[1]d administrators of the city so far; %[2]d divisions made; a new record: %[4]s.\n",
			done.Administrators, done.NewRegions, yesNo(done.NewPerson, "是", "否"), yesNo(done.NewPerson, "yes", "no"))
		if !c.Yes {
			fmt.Println(onlyShown)
			return nil
		}
		fmt.Printf("%[1]s 是全市管理员了；用这个手机号登录，先设两步验证。审计里记着。\n%[1]s administers the city now: sign in with the phone, and set up a second factor first. It stands in the audit.\n", done.Number)
		return nil
	})
}

func yesNo(b bool, yes, no string) string {
	if b {
		return yes
	}
	return no
}
