/** A direction in words: 东北 45°, north-east 45°. */
import type { Language } from './language';

const ZH = ['北', '东北', '东', '东南', '南', '西南', '西', '西北'] as const;
const EN = ['north', 'north-east', 'east', 'south-east', 'south', 'south-west', 'west', 'north-west'] as const;

/** `degrees` clockwise from north; eight winds, each reaching 22.5° to both sides. */
export function directionInWords(degrees: number, language: Language): string {
  const turned = ((degrees % 360) + 360) % 360;
  const wind = Math.round(turned / 45) % 8;
  return `${(language === 'zh' ? ZH : EN)[wind] ?? ''} ${Math.round(turned) % 360}°`;
}
