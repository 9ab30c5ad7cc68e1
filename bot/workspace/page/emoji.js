// The shortcodes people and apps use most. Unknown ones stay as typed.
const TABLE = `
smile😄 smiley😃 grinning😀 grin😁 laughing😆 satisfied😆 sweat_smile😅 joy😂 rofl🤣 slightly_smiling_face🙂 upside_down_face🙃
wink😉 blush😊 innocent😇 heart_eyes😍 star-struck🤩 kissing_heart😘 yum😋 stuck_out_tongue😛 thinking_face🤔 zipper_mouth_face🤐
neutral_face😐 expressionless😑 smirk😏 unamused😒 face_with_rolling_eyes🙄 grimacing😬 relieved😌 pensive😔 sleepy😪 sleeping😴
mask😷 dizzy_face😵 exploding_head🤯 sunglasses😎 nerd_face🤓 confused😕 worried😟 slightly_frowning_face🙁 open_mouth😮 astonished😲
flushed😳 cry😢 sob😭 scream😱 tired_face😫 angry😠 rage😡 skull💀 poop💩 ghost👻 robot_face🤖 partying_face🥳 hugging_face🤗
wave👋 raised_hand✋ ok_hand👌 v✌️ crossed_fingers🤞 point_left👈 point_right👉 point_up☝️ point_up_2👆 point_down👇 +1👍 thumbsup👍
-1👎 thumbsdown👎 fist✊ clap👏 raised_hands🙌 pray🙏 handshake🤝 muscle💪 writing_hand✍️ eyes👀 eye👁️ brain🧠 ear👂 speaking_head_in_silhouette🗣️
bust_in_silhouette👤 busts_in_silhouette👥 man👨 woman👩 family👪 office_worker🧑‍💼 heart❤️ orange_heart🧡 yellow_heart💛 green_heart💚
blue_heart💙 purple_heart💜 black_heart🖤 broken_heart💔 star⭐ star2🌟 sparkles✨ boom💥 fire🔥 zap⚡ sunny☀️ cloud☁️ rainbow🌈 snowflake❄️
umbrella☔ seedling🌱 herb🌿 tulip🌷 sunflower🌻 four_leaf_clover🍀 bouquet💐 dog🐶 cat🐱 bee🐝 turtle🐢 unicorn_face🦄
coffee☕ tea🍵 beers🍻 champagne🍾 cake🍰 birthday🎂 croissant🥐 apple🍎 pizza🍕 tada🎉 confetti_ball🎊 balloon🎈 gift🎁 trophy🏆
medal🏅 first_place_medal🥇 second_place_medal🥈 third_place_medal🥉 dart🎯 rocket🚀 car🚗 bike🚲 airplane✈️ house🏠 office🏢 factory🏭
phone☎️ telephone_receiver📞 iphone📱 computer💻 email📧 envelope✉️ incoming_envelope📨 inbox_tray📥 outbox_tray📤 package📦
memo📝 pencil📝 pencil2✏️ page_facing_up📄 clipboard📋 file_folder📁 open_file_folder📂 card_index📇 calendar📅 date📅 spiral_calendar_pad🗓️
chart_with_upwards_trend📈 chart_with_downwards_trend📉 bar_chart📊 moneybag💰 euro💶 credit_card💳 receipt🧾 scales⚖️ briefcase💼
books📚 book📖 bookmark🔖 label🏷️ mag🔍 mag_right🔎 lock🔒 unlock🔓 key🔑 bulb💡 wrench🔧 hammer🔨 gear⚙️ link🔗 paperclip📎
pushpin📌 round_pushpin📍 bell🔔 no_bell🔕 mega📣 loudspeaker📢 speech_balloon💬 thought_balloon💭 left_speech_bubble🗨️ hourglass⌛
hourglass_flowing_sand⏳ watch⌚ alarm_clock⏰ stopwatch⏱️ clock3🕒 white_check_mark✅ heavy_check_mark✔️ ballot_box_with_check☑️ x❌
heavy_multiplication_x✖️ negative_squared_cross_mark❎ exclamation❗ grey_exclamation❕ question❓ grey_question❔ warning⚠️ no_entry⛔
no_entry_sign🚫 sos🆘 new🆕 recycle♻️ arrow_right➡️ arrow_left⬅️ arrow_up⬆️ arrow_down⬇️ arrow_upper_right↗️
arrow_lower_right↘️ repeat🔁 arrows_counterclockwise🔄 heavy_plus_sign➕ heavy_minus_sign➖ 100💯 red_circle🔴 large_orange_circle🟠
large_yellow_circle🟡 large_green_circle🟢 large_blue_circle🔵 large_purple_circle🟣 white_circle⚪ black_circle⚫ large_red_square🟥
large_green_square🟩 large_blue_square🟦 small_blue_diamond🔹 small_orange_diamond🔸 small_red_triangle🔺 small_red_triangle_down🔻
one1️⃣ two2️⃣ three3️⃣ four4️⃣ five5️⃣ flag-nl🇳🇱 flag-be🇧🇪 flag-de🇩🇪 flag-gb🇬🇧 flag-us🇺🇸 flag-eu🇪🇺 crown👑 gem💎 shield🛡️ compass🧭
`;

const map = new Map();
for (const entry of TABLE.trim().split(/\s+/)) {
  // A digit can end a name (heart_eyes has none, point_up_2 does), so the name
  // is everything up to the first character outside the shortcode alphabet;
  // keycaps (1️⃣) are the exception and are written out below.
  const [, name, glyph] = /^([a-z0-9_+-]+?)((?:[^a-z0-9_+-]|\d\uFE0F\u20E3).*)$/u.exec(entry) || [];
  if (name) map.set(name, glyph);
}
map.set('information_source', 'ℹ️');
map.set('100', '💯');

export const emoji = (name) => map.get(name.split('::')[0].toLowerCase());

export function searchEmoji(prefix, limit = 8) {
  const found = [...map.entries()].filter(([name]) => name.startsWith(prefix));
  const inside = [...map.entries()].filter(([name]) => !name.startsWith(prefix) && name.includes(prefix));
  return [...found, ...inside].slice(0, limit).map(([name, glyph]) => ({ name, glyph }));
}

// Text with its known shortcodes as characters: for plain_text objects.
export function withEmoji(text) {
  return text.replace(/:([a-z0-9_+-]+(?:::skin-tone-\d)?):/gi, (whole, name) => emoji(name) || whole);
}
