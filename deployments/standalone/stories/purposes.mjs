// A child is referred; nothing on the page says who it is. The county's officer asks
// to read the records of her county, the city's says yes; nobody decides on what
// they asked for themselves.
import { atDesk, atLocalhost, keepSecondFactor, look, signIn, story, tell } from './browser.mjs'

await story(async () => {
  const county = await atDesk('浚县妇联', atLocalhost)
  const city = await atDesk('市妇联', atLocalhost)

  tell('the county refers a child, and from then on it is a number')
  await signIn(county, process.env.QIHE_COUNTY_OFFICER)
  await county.page.goto('/console/children')
  await county.page.getByTestId('kid-village-search').fill('xx')
  await county.page.locator('[data-testid="region-found"][data-code="410621"]').click()
  await county.page.getByTestId('kid-name').fill('金丝雀小明')
  await county.page.getByTestId('kid-male').click()
  await county.page.getByTestId('kid-born').fill('2016-03-01')
  await county.page.getByTestId('kid-address').fill('码头村东头第三排')
  await county.page.getByTestId('kid-reason').fill('父母在外地务工，由奶奶照看。')
  await county.page.getByTestId('kid-save').click()
  await county.page.getByTestId('kid-saved').waitFor()
  const kid = county.page.getByTestId('kid').first()
  await kid.waitFor()
  if ((await county.page.locator('body').innerText()).includes('金丝雀')) throw new Error('the page says a name')
  await look(county.page, 'children', { fullPage: true })

  tell('she takes the case, with a second factor')
  await keepSecondFactor(county)
  await county.page.goto('/console/children')
  await county.page.getByTestId('kid-take').click()
  await county.page.getByTestId('kid').filter({ hasText: '我负责' }).waitFor()

  tell('she asks to read her county’s records, and cannot say yes herself')
  await county.page.goto('/console/purposes')
  await county.page.getByTestId('purpose-reason').fill('寒假前逐户核对联系方式')
  await county.page.getByTestId('purpose-send').click()
  await county.page.getByTestId('purpose').filter({ hasText: '等批准' }).waitFor()
  if (await county.page.getByTestId('purpose-yes').count()) throw new Error('she may decide on her own request')
  await look(county.page, 'purposes-asked', { fullPage: true })

  tell('the city says yes, and both see it')
  await signIn(city, process.env.QIHE_OFFICER)
  await keepSecondFactor(city)
  await city.page.goto('/console/purposes')
  await city.page.getByTestId('purpose-yes').click()
  await city.page.getByTestId('purpose').filter({ hasText: '现在可以看' }).waitFor()
  await look(city.page, 'purposes', { fullPage: true })
  await county.page.reload()
  await county.page.getByTestId('purpose').filter({ hasText: '现在可以看' }).waitFor()
})
