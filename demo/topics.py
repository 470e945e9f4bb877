"""What the demo's filings are about. Causes are named, not numbered: the number depends on the list of the day."""

from attrs import frozen


@frozen
class Topic:
    """One kind of quarrel: its cause of action, who sues whom, and what the complaint says."""

    cause: str
    plaintiff: str
    """``natural``, ``legal`` or ``any``; the same for the defendant."""
    defendant: str
    claims: tuple[str, ...]
    """The first one bears the amount, where there is one."""
    facts: str
    evidence: tuple[str, ...]
    low: int = 2_000
    high: int = 600_000
    fee: str = "prop"
    filing_type: str = "civil_first"
    basis: str = "defendant_domicile"
    weight: int = 3


TOPICS = (
    Topic("民间借贷纠纷", "natural", "natural",
          ("判令被告返还借款本金{amount}元，并按合同成立时一年期贷款市场报价利率支付逾期利息。",),
          "原、被告系朋友关系。被告以资金周转为由向原告借款{amount}元，原告通过银行转账交付，双方签订借条，约定一年内归还。借款到期后，原告多次催要，被告以各种理由拖延，至今未还。",
          ("借条", "银行转账记录", "微信聊天记录"), weight=9),
    Topic("买卖合同纠纷", "legal", "legal",
          ("判令被告支付货款{amount}元及逾期付款违约金。",),
          "原、被告签订买卖合同，约定由原告向被告供应货物，被告收货后三十日内付清货款。原告依约交货，被告签收并对账确认尚欠货款{amount}元，经原告书面催告仍未支付。",
          ("买卖合同", "送货单", "对账单", "催款函"), high=2_000_000, basis="contract_performance", weight=8),
    Topic("房屋租赁合同纠纷", "any", "any",
          ("判令被告支付拖欠的租金及水电费共计{amount}元。", "判令解除双方签订的房屋租赁合同，被告腾退房屋。"),
          "原告将其房屋出租给被告使用，双方签订租赁合同，约定租金按月支付。被告自去年起连续数月未付租金，累计拖欠租金及水电费{amount}元，原告催告后仍未履行。",
          ("房屋租赁合同", "不动产权证书复印件", "催告通知"), high=200_000, weight=6),
    Topic("物业服务合同纠纷", "legal", "natural",
          ("判令被告支付物业服务费{amount}元及违约金。",),
          "原告为被告所居住小区提供物业服务，物业服务合同对全体业主具有约束力。被告作为业主接受了物业服务，但长期拖欠物业服务费，合计{amount}元。",
          ("物业服务合同", "费用明细", "催缴通知"), low=1_000, high=30_000, weight=5),
    Topic("机动车交通事故责任纠纷", "natural", "any",
          ("判令被告赔偿医疗费、误工费、护理费等各项损失共计{amount}元。",),
          "被告驾驶车辆在示例路口与骑行电动自行车的原告发生碰撞，致原告受伤住院。交通管理部门认定被告负事故主要责任。原告各项损失共计{amount}元，被告仅垫付部分医疗费。",
          ("道路交通事故认定书", "病历及诊断证明", "医疗费票据"), basis="tort", weight=5),
    Topic("离婚纠纷", "natural", "natural",
          ("判令准许原告与被告离婚。", "判令依法分割夫妻共同财产。"),
          "原、被告经人介绍相识，婚后因性格不合经常发生争吵，分居已满两年，夫妻感情确已破裂。原告曾与被告协商离婚未果，故诉至法院。",
          ("结婚证复印件", "分居证明"), low=0, high=0, fee="divorce", weight=5),
    Topic("抚养费纠纷", "natural", "natural",
          ("判令被告自起诉之日起每月支付抚养费。",),
          "被告系原告的父亲。原告父母离婚时约定原告由母亲抚养，被告每月支付抚养费，但被告自去年起停止支付，原告的生活和学习受到影响。",
          ("离婚协议书", "户口簿复印件", "学费收据"), low=0, high=0, fee="other", weight=2),
    Topic("劳动合同纠纷", "natural", "legal",
          ("判令被告支付拖欠的工资及解除劳动合同经济补偿共计{amount}元。",),
          "原告于被告处工作，双方签订书面劳动合同。被告自去年起未足额支付工资，并单方解除劳动合同。原告不服劳动争议仲裁裁决，在法定期间内向人民法院起诉。",
          ("劳动合同", "工资流水", "仲裁裁决书及送达回证"), high=150_000, fee="labour", weight=5),
    Topic("建设工程施工合同纠纷", "legal", "legal",
          ("判令被告支付工程款{amount}元及利息。", "判令确认原告就涉案工程折价或者拍卖的价款享有优先受偿权。"),
          "原告承建被告发包的示例工程，工程已竣工验收并交付使用。双方结算确认工程价款，被告尚欠{amount}元，经催告在合理期限内仍未支付。",
          ("施工合同", "竣工验收证明", "工程结算书"), low=200_000, high=9_000_000, basis="exclusive", weight=4),
    Topic("金融借款合同纠纷", "legal", "natural",
          ("判令被告偿还借款本息{amount}元。", "判令原告对抵押房屋折价或者拍卖、变卖所得价款享有优先受偿权。"),
          "原、被告签订个人借款合同，约定了借款金额、利率和还款方式，被告以房屋提供抵押并办理登记。原告依约放款后，被告连续多期未按约还款，尚欠本息{amount}元。",
          ("个人借款合同", "不动产登记证明", "还款流水"), low=50_000, high=3_000_000, basis="agreement", weight=4),
    Topic("信用卡纠纷", "legal", "natural",
          ("判令被告偿还信用卡透支本金、利息共计{amount}元。",),
          "被告向原告申领信用卡并使用，透支后未按约还款。经原告多次催收，被告仍欠本金、利息共计{amount}元。",
          ("信用卡领用合约", "交易明细", "催收记录"), low=5_000, high=120_000, basis="agreement", weight=3),
    Topic("承揽合同纠纷", "any", "legal",
          ("判令被告支付加工款{amount}元。",),
          "被告委托原告加工定作物，原告按期完成并交付，被告验收后未提出异议，尚欠加工款{amount}元未付。",
          ("加工合同", "验收单"), basis="contract_performance"),
    Topic("名誉权纠纷", "natural", "natural",
          ("判令被告停止侵害，在其发布内容的范围内向原告赔礼道歉、消除影响。",),
          "被告在业主群和短视频平台多次发布针对原告的不实内容，造成原告社会评价降低。原告要求删除，被告予以拒绝。",
          ("网页截图及公证书", "聊天记录"), low=0, high=0, fee="personality", basis="tort", weight=2),
    Topic("不当得利纠纷", "natural", "any",
          ("判令被告返还不当得利{amount}元。",),
          "原告转账时因输错账号，将{amount}元误转入被告账户。原告发现后立即联系被告，被告确认收到款项但拒绝返还。",
          ("银行转账记录", "通话录音文字整理"), high=80_000, weight=2),
    Topic("法定继承纠纷", "natural", "natural",
          ("判令依法分割被继承人遗留的房屋和存款，价值约{amount}元。",),
          "原、被告系兄妹。父母去世后留有房屋一套及存款，未立遗嘱。双方就遗产分割协商多次未能达成一致。",
          ("亲属关系证明", "死亡医学证明", "不动产登记查询结果"), low=100_000, high=3_000_000, basis="exclusive", weight=2),
    Topic("中介合同纠纷", "legal", "natural",
          ("判令被告支付中介报酬{amount}元。",),
          "原告促成被告与出卖人签订房屋买卖合同，依约应得中介报酬{amount}元，被告以各种理由拒付。",
          ("中介服务合同", "房屋买卖合同复印件"), low=5_000, high=90_000, weight=2),
    Topic("教育培训合同纠纷", "natural", "legal",
          ("判令解除培训合同，被告退还剩余课时费{amount}元。",),
          "原告在被告处为子女报名课程并预付费用。被告停止营业后既未安排转校也未退款，剩余课时费{amount}元。",
          ("培训合同", "缴费凭证", "停业通知"), low=2_000, high=40_000, weight=3),
    Topic("案外人执行异议之诉", "natural", "legal",
          ("判令不得执行登记在第三方名下的涉案房屋（价值{amount}元）。",),
          "法院在执行另案中查封涉案房屋。原告在查封前已签订买卖合同、支付全部价款并实际入住，未过户系非因自身原因，执行异议被裁定驳回，故依法起诉。",
          ("房屋买卖合同", "付款凭证", "执行裁定书"), low=300_000, high=2_000_000, filing_type="enforcement_objection", basis="exclusive", weight=2),
    Topic("第三人撤销之诉", "natural", "natural",
          ("判令撤销（2025）粤0199民初1号民事调解书，涉及金额{amount}元。",),
          "原告未能参加该案诉讼并非因本人原因，有证据证明发生法律效力的调解书内容错误，损害其民事权益，现于知道之日起六个月内起诉。",
          ("民事调解书复印件", "权属证明"), low=50_000, high=800_000, filing_type="third_party_revocation", basis="other", weight=1),
    Topic("申请支付令", "legal", "natural",
          ("请求向被申请人发出支付令，督促其给付{amount}元。",),
          "申请人与被申请人之间债权债务关系明确，被申请人出具欠条确认欠款{amount}元，已到期且无其他债务纠纷，支付令能够送达。",
          ("欠条", "对账确认书"), low=3_000, high=200_000, fee="payment_order", filing_type="payment_order", weight=2),
    Topic("申请司法确认调解协议", "natural", "natural",
          ("请求确认双方在人民调解委员会达成的调解协议有效，协议金额{amount}元。",),
          "双方因邻里纠纷经示例区人民调解委员会主持调解，自愿达成调解协议，现自协议生效之日起三十日内共同申请司法确认。",
          ("人民调解协议书", "调解委员会证明"), low=2_000, high=50_000, fee="none", filing_type="judicial_confirmation", weight=2),
    Topic("申请诉前财产保全", "legal", "legal",
          ("请求冻结被申请人银行存款{amount}元或查封其等值财产。",),
          "被申请人拖欠货款{amount}元，近期有转移财产的行为，情况紧急，不立即申请保全将使申请人合法权益受到难以弥补的损害。申请人已提供担保。",
          ("买卖合同", "对账单", "保全担保函"), low=50_000, high=1_000_000, fee="pres", filing_type="pre_action_preservation", weight=2),
    Topic("买卖合同纠纷", "legal", "legal",
          ("申请强制执行生效判决确定的货款{amount}元及迟延履行期间的债务利息。",),
          "双方买卖合同纠纷一案，法院判决已经发生法律效力，被执行人未在判决确定的期限内履行给付义务。",
          ("民事判决书", "生效证明", "财产线索清单"), low=10_000, high=900_000, fee="enforcement", filing_type="enforcement_first", weight=4),
    Topic("民间借贷纠纷", "natural", "natural",
          ("申请恢复执行，尚欠{amount}元。",),
          "该案因未发现可供执行的财产终结本次执行程序。申请执行人现发现被执行人名下有车辆，申请恢复执行。",
          ("终结本次执行程序裁定书", "财产线索"), low=10_000, high=300_000, fee="enforcement", filing_type="enforcement_resumed", weight=2),
)  # fmt: skip
