/** What column names mean, in English, Chinese and German. Adding a name is adding a word here. */

/** Roles a name can have. `weakClose` means the close only where no better column has it ("Price" of some exports). */
export type NamedRole =
  | 'time'
  | 'date'
  | 'clock'
  | 'open'
  | 'high'
  | 'low'
  | 'close'
  | 'weakClose'
  | 'volume'
  | 'tickVolume'
  | 'bid'
  | 'ask'
  | 'quantity';

const words: Readonly<Record<NamedRole, string>> = {
  time:
    'datetime timestamp unixtimestamp unixtime unix epoch ts opentime openingtime starttime begintime bartime candletime candlebegintime klinetime ' +
    'gmttime localtime utctime utc timeutc dateandtime datetimeutc time t tradetime tradingtime bob windowstart startat timekey ' +
    'datahora fechahora 日時 일시 시간 ' +
    '日期时间 交易时间 时间戳 开盘时间 时间 开始时间 成交时间 k线时间 datumzeit datumuhrzeit zeitstempel zeitpunkt 日期和时间 成交日期时间 开盘时间utc',
  date: 'date day tradedate tradingdate tradingday dtyyyymmdd dateutc d 日期 交易日期 交易日 datum handelstag fecha data дата 日付 날짜 日線',
  clock: 'clock timeofday hhmm hhmmss 时刻 zeit uhrzeit hora heure czas время 時刻',
  open: 'open o openprice opening openingprice bidopen openbid priceopen openask first 开盘 开盘价 开 今开 eröffnung eroeffnung eröffnungskurs erster eröffnungspreis apertura ouverture abertura otwarcie откр открытие 始値 시가',
  high: 'high h highprice highest highestprice bidhigh highbid pricehigh highask max maximum 最高 最高价 高 hoch höchst hoechst höchstkurs tageshoch höchster máximo maximo haut máxima maxima najwyższy najwyzszy макс 高値 고가 최고',
  low: 'low l lowprice lowest lowestprice bidlow lowbid pricelow lowask min minimum 最低 最低价 低 tief tiefst tiefstkurs tagestief niedrig tiefster mínimo minimo bas mínima minima najniższy najnizszy мин 安値 저가 최저',
  close:
    'close c closeprice closing closingprice bidclose closebid priceclose closeask closelast 收盘 收盘价 收 schluss schlusskurs schließen schlusspreis cierre clôture cloture fechamento zamknięcie zamkniecie закр закрытие 終値 종가',
  weakClose: 'last lastprice price adjclose adjustedclose 最新价 现价 letzter kurs último ultimo цена',
  volume:
    'volume vol v volumebtc basevolume basevol volumebase volumelots totalvolume tradevolume sharesvolume volumeshares 成交量 成交股数 总手 交易量 量 volumen stück stueck umsatzstück volumenlotes wolumen объём объем 出来高 거래량 tradedvolume tradingvolume volumetraded 成交量手 成交量股',
  tickVolume: 'tickvol tickvolume tickcount ticks',
  bid: 'bid bidprice bestbid 买价 买一价',
  ask: 'ask askprice bestask offer 卖价 卖一价',
  quantity: 'qty quantity size amount lastqty tradesize tradeqty side buysell isbuyermaker direction 数量 成交笔 方向',
};

const roles = new Map<string, NamedRole>();
for (const [role, names] of Object.entries(words) as [NamedRole, string][]) for (const name of names.split(' ')) roles.set(name, role);

/** `<OPEN>`, `1. open`, `Open Price`, `开盘价(元)`, `"open"` all become one word. */
export function normalizeName(name: string): string {
  return name
    .normalize('NFKC')
    .trim()
    .toLowerCase()
    .replace(/[（([].*?[)）\]]/g, '')
    .replace(/^[\d\s]+[.)]\s*/, '')
    .replace(/[<>"'`\s_.:：*#\-\uFEFF]/g, '');
}

/** The role a name stands for, or null. */
export function roleOfName(name: string): NamedRole | null {
  const normal = normalizeName(name);
  const exact = roles.get(normal);
  if (exact) return exact;
  // "Volume BTC", "Volume USDT": the first of them is in the traded asset.
  if (/^(volume|vol)[a-z]{2,5}$/.test(normal)) return 'volume';
  // "KQ.m@SHFE.rb.open": an instrument, then the name.
  const segments = name.trim().toLowerCase().split('.');
  const segment = roles.get(segments[segments.length - 1] ?? '');
  if (segments.length > 2 && segment && (priceRoles.has(segment) || segment === 'volume')) return segment;
  // "EURUSD.open", "close_BTC"
  const parts = name
    .trim()
    .toLowerCase()
    .replace(/[<>"']/g, '')
    .split(/[\s_.:/]+/);
  const ends = [parts[0] ?? '', parts[parts.length - 1] ?? ''].map((part) => roles.get(part)).find((role) => role && priceRoles.has(role));
  return parts.length === 2 && !/^(bid|ask|pre|prev|previous|adj|quote|taker|close|open)$/.test(parts[0] ?? '') ? (ends ?? null) : null;
}

const priceRoles: ReadonlySet<NamedRole> = new Set(['open', 'high', 'low', 'close']);
